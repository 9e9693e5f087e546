using Crm.Tasks;

namespace Crm.Tests.Tasks;

public sealed class TaskColumnTests
{
    [Theory]
    [InlineData(0, "4 1 2 3")]
    [InlineData(1, "1 4 2 3")]
    [InlineData(2, "1 2 4 3")]
    [InlineData(3, "1 2 3 4")]
    [InlineData(-5, "4 1 2 3")]
    [InlineData(99, "1 2 3 4")]
    public void A_task_from_elsewhere_takes_the_place_it_is_given_and_no_other_moves(int index, string order)
    {
        var column = new TaskColumn([new(1, 10), new(2, 20), new(3, 30)], moving: 4);

        var changed = column.PutAt(index);

        Assert.Equal(4, Assert.Single(changed).TaskId);
        Assert.Equal(order, After([new(1, 10), new(2, 20), new(3, 30)], changed));
    }

    [Theory]
    [InlineData(1, 1, "2 1 3")]
    [InlineData(1, 2, "2 3 1")]
    [InlineData(2, 0, "2 1 3")]
    [InlineData(3, 1, "1 3 2")]
    public void A_task_moves_within_its_column(int task, int index, string order)
    {
        Place[] places = [new(1, 10), new(2, 20), new(3, 30)];

        Assert.Equal(order, After(places, new TaskColumn(places, task).PutAt(index)));
    }

    [Fact]
    public void A_task_that_is_there_already_stays()
    {
        var column = new TaskColumn([new(1, 10), new(2, 20)], moving: 2);

        Assert.Equal(1, column.Index);
        Assert.Empty(column.PutAt(1));
        Assert.Empty(column.PutAt(9));
    }

    [Fact]
    public void Neighbours_that_are_not_in_the_column_are_no_place()
    {
        var column = new TaskColumn([new(1, 10), new(2, 20)], moving: 2);

        Assert.Equal(0, column.Before(1));
        Assert.Equal(1, column.After(1));
        Assert.Null(column.Before(7));
        Assert.Null(column.After(7));
        Assert.Null(column.After(2));
    }

    [Fact]
    public void A_gap_without_room_numbers_the_column_anew()
    {
        Place[] places = [new(1, 10), new(2, 10), new(3, double.BitIncrement(10))];

        var changed = new TaskColumn(places, moving: 4).PutAt(1);

        Assert.Equal(4, changed.Count);
        Assert.Equal("1 4 2 3", After(places, changed));
        Assert.All(changed.Zip(changed.Skip(1)), pair => Assert.Equal(TaskColumn.Step, pair.Second.Position - pair.First.Position));
    }

    [Fact]
    public void Ten_thousand_moves_into_the_same_gap_keep_the_order()
    {
        var places = new List<Place> { new(1, TaskColumn.Step), new(2, 2 * TaskColumn.Step) };
        var renumbered = 0;
        for (var task = 3; task < 10_000; task++)
        {
            var changed = new TaskColumn(places, task).PutAt(1);
            renumbered += changed.Count > 1 ? 1 : 0;
            places = places.Count > 20 ? places.Take(20).ToList() : places;
            places = Merge(places, changed);
            Assert.Equal(1, places[0].TaskId);
            Assert.Equal(task, places[1].TaskId);
        }

        Assert.True(renumbered > 100);
    }

    private static string After(IEnumerable<Place> places, IReadOnlyList<Place> changed) =>
        string.Join(' ', Merge(places, changed).Select(p => p.TaskId));

    private static List<Place> Merge(IEnumerable<Place> places, IReadOnlyList<Place> changed) =>
        [.. places.Where(p => changed.All(c => c.TaskId != p.TaskId)).Concat(changed).OrderBy(p => p.Position).ThenBy(p => p.TaskId)];
}
