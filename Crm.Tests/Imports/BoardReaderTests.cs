using System.Text;
using System.Text.Json.Nodes;
using Crm.Imports;
using Crm.Tasks;
using Crm.Web;

namespace Crm.Tests.Imports;

public sealed class BoardReaderTests
{
    [Theory]
    [InlineData("Done", TaskStatus.Done)]
    [InlineData("✅ Done! (2019)", TaskStatus.Done)]
    [InlineData("Erledigt", TaskStatus.Done)]
    [InlineData("Terminé", TaskStatus.Done)]
    [InlineData("Hecho", TaskStatus.Done)]
    [InlineData("完了", TaskStatus.Done)]
    [InlineData("已完成", TaskStatus.Done)]
    [InlineData("Готово", TaskStatus.Done)]
    [InlineData("ВЫПОЛНЕНО", TaskStatus.Done)]
    [InlineData("تم", TaskStatus.Done)]
    [InlineData("완료", TaskStatus.Done)]
    [InlineData("Tamamlandı", TaskStatus.Done)]
    [InlineData("Concluído", TaskStatus.Done)]
    [InlineData("Hotovo", TaskStatus.Done)]
    [InlineData("Not done", TaskStatus.ToDo)]
    [InlineData("未完了", TaskStatus.ToDo)]
    [InlineData("Noch nicht fertig", TaskStatus.ToDo)]
    [InlineData("Termine", TaskStatus.ToDo)]
    [InlineData("Ready for QA", TaskStatus.Review)]
    [InlineData("Code review", TaskStatus.Review)]
    [InlineData("Zur Abnahme", TaskStatus.Review)]
    [InlineData("À tester", TaskStatus.Review)]
    [InlineData("На проверке", TaskStatus.Review)]
    [InlineData("レビュー待ち", TaskStatus.Review)]
    [InlineData("In Progress", TaskStatus.Doing)]
    [InlineData("WIP (max. 3)", TaskStatus.Doing)]
    [InlineData("In Arbeit", TaskStatus.Doing)]
    [InlineData("En cours", TaskStatus.Doing)]
    [InlineData("En progreso", TaskStatus.Doing)]
    [InlineData("进行中", TaskStatus.Doing)]
    [InlineData("В работе", TaskStatus.Doing)]
    [InlineData("To do", TaskStatus.ToDo)]
    [InlineData("À faire", TaskStatus.ToDo)]
    [InlineData("Por hacer", TaskStatus.ToDo)]
    [InlineData("Incomplete", TaskStatus.ToDo)]
    [InlineData("Ready for development", TaskStatus.ToDo)]
    [InlineData("", TaskStatus.ToDo)]
    public void The_name_of_a_list_says_how_far_its_work_is(string name, TaskStatus status) =>
        Assert.Equal(status, Crm.Imports.Trello.ListMeaning.StatusOf(name));

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n")]
    [InlineData("not json")]
    [InlineData("<html></html>")]
    [InlineData("{\"name\": \"cut")]
    [InlineData("[1, 2")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"cards\": [], \"name\": \"no lists\"}")]
    [InlineData("{\"id\": \"x\", \"cards\": {}, \"lists\": []}")]
    public async Task What_is_no_whole_board_is_refused(string text)
    {
        var refused = await Assert.ThrowsAsync<ImportRefusedException>(() => BoardJson.ParseAsync(Encoding.UTF8.GetBytes(text)));

        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_ends_in_the_middle_is_called_cut_short_wherever_it_ends()
    {
        var whole = Encoding.UTF8.GetBytes(BoardJson.Read().ToJsonString());
        foreach (var length in new[] { 1, 20, 333, whole.Length / 2, whole.Length - 1 })
        {
            var refused = await Assert.ThrowsAsync<ImportRefusedException>(() => BoardJson.ParseAsync(whole[..length]));
            Assert.Contains("cut short", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_of_more_than_50_MB_is_refused_before_it_is_read()
    {
        var file = Path.GetTempFileName();
        await using (var large = File.OpenWrite(file))
        {
            large.SetLength((50 * 1024 * 1024) + 1);
        }

        var refused = await Assert.ThrowsAsync<ImportRefusedException>(() => Crm.Imports.Trello.BoardFile.ReadAsync(file, TestContext.Current.CancellationToken));
        File.Delete(file);

        Assert.Contains("too large", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    [InlineData("[null, 5, \"x\", [], {}]")]
    [InlineData("{}")]
    public async Task Any_field_may_be_of_any_type(string odd)
    {
        foreach (var place in new[] { "name", "desc", "closed", "labels", "lists", "members", "memberships", "checklists", "actions", "url", "dateLastActivity", "customFields" })
        {
            var board = BoardJson.Read();
            board[place] = JsonNode.Parse(odd);
            Assert.Equal(6, (await board.ParseAsync()).Cards.Count);
        }

        foreach (var place in BoardJson.Read().Card(BoardJson.Walk).AsObject().Select(p => p.Key).Append("customFieldItems").Append("checklists"))
        {
            var board = BoardJson.Read();
            board.Card(BoardJson.Walk)[place] = JsonNode.Parse(odd);
            Assert.Equal(6, (await board.ParseAsync()).Cards.Count);
        }

        foreach (var place in new[] { "id", "type", "data", "date", "memberCreator", "idMemberCreator" })
        {
            var board = BoardJson.Read();
            board["actions"]![1]![place] = JsonNode.Parse(odd);
            Assert.Equal(6, (await board.ParseAsync()).Cards.Count);
        }
    }

    [Fact]
    public async Task Text_too_long_for_its_field_is_kept_in_full_elsewhere_and_named()
    {
        var title = string.Concat(Enumerable.Repeat("👩‍🚀 long ", 60));
        var desc = string.Join('\n', Enumerable.Range(0, 9_000).Select(i => $"line {i}"));
        var board = BoardJson.Read();
        (board.Card(BoardJson.Walk)["name"], board.Card(BoardJson.Walk)["desc"]) = (title, desc);
        board["checklists"]![0]!["checkItems"]![0]!["name"] = new string('x', 600);
        board["actions"]![1]!["data"]!["text"] = new string('y', 45_000);

        var read = await board.ParseAsync();

        var card = read.Cards.Single(c => c.Key.EndsWith("b01", StringComparison.Ordinal));
        Assert.InRange(card.Title.Length, 1, ProjectTask.TitleLength);
        Assert.Null(new LineAttribute(ProjectTask.TitleLength).Check(card.Title, "Title"));
        var kept = card.Description + "\n" + string.Join('\n', card.Comments.Where(c => c.AuthorId is null).Select(c => c.Body));
        Assert.All(Enumerable.Range(0, 9_000), i => Assert.Contains($"line {i}\n", kept, StringComparison.Ordinal));
        Assert.Contains(title.Trim(), kept, StringComparison.Ordinal);
        Assert.Contains(new string('x', 600), kept, StringComparison.Ordinal);
        Assert.Equal(45_000, card.Comments.Where(c => c.AuthorId == "m2").Sum(c => c.Body.Length));
        Assert.Equal(4, read.Notes.Count(n => n.Contains("too long", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Broken_letters_invisible_names_and_control_characters_do_no_harm()
    {
        var json = BoardJson.Read().ToJsonString()
            .Replace("Order lanterns", "Or\\u0000der \\ud83d lan\\u0007terns\\nnow", StringComparison.Ordinal)
            .Replace("Ask the town for a permit", "\\u200b\\u200f ", StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(json);
        bytes[bytes.AsSpan().IndexOf("Print the map"u8)] = 0xC3;

        var titles = (await BoardJson.ParseAsync(bytes)).Cards.Select(c => c.Title).ToList();

        Assert.Contains("Order \ufffd lanterns now", titles);
        Assert.Contains("Untitled", titles);
        Assert.Contains("?rint the map", titles);
        Assert.Contains("مسیر شب 🏮", titles);
    }

    [Fact]
    public async Task Ids_that_stand_twice_lists_that_are_missing_and_unknown_people_are_coped_with()
    {
        var board = BoardJson.Read();
        board.Cards().Add(board.Card(BoardJson.Walk).DeepClone());
        board.Cards().Add(JsonNode.Parse("""{"name":"No id","idList":"nowhere","idMembers":["stranger"],"due":"soon","pos":"bottom"}"""));
        board["actions"]!.AsArray().Add(board["actions"]![1]!.DeepClone());

        var read = await board.ParseAsync();

        Assert.Equal(7, read.Cards.Count);
        var stray = read.Cards.Single(c => c.Title == "No id");
        Assert.Equal(TaskStatus.ToDo, stray.Status);
        Assert.Contains(read.People, p => p is { Id: "stranger", Name: "Somebody on Trello" });
        Assert.Equal(4 + 1, read.Notes.Count);
        Assert.Equal(read.Cards.Count, read.Cards.Select(c => c.Position).Distinct().Count());
    }

    [Fact]
    public async Task Deep_nesting_and_a_byte_order_mark_do_no_harm()
    {
        var deep = new string('[', 200_000) + new string(']', 200_000);
        var board = BoardJson.Read();
        board["odd"] = "deep";
        board.Card(BoardJson.Walk)["desc"] = "deep";
        var json = board.ToJsonString().Replace("\"deep\"", deep, StringComparison.Ordinal);

        Assert.Equal(6, (await BoardJson.ParseAsync([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(json)])).Cards.Count);
        Assert.Equal(6, (await BoardJson.ParseAsync([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(json)])).Cards.Count);
    }
}
