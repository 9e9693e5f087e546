using Crm.Web;

namespace Crm.Tests.Web;

public sealed class TextRuleTests
{
    [Theory]
    [InlineData("Harbour Museum")]
    [InlineData("متحف الميناء")]
    [InlineData("港の博物館 👩‍🚀")]
    [InlineData("می‌خواهم")]
    public void Words_of_every_language_are_taken(string text) =>
        Assert.Null(new LineAttribute(100) { Required = true }.Check(text, "Name"));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\u200B")]
    [InlineData(" \u200B\uFEFF ")]
    public void What_nobody_can_see_is_no_text(string text) =>
        Assert.Equal("Name is needed.", new LineAttribute(100) { Required = true }.Check(text, "Name"));

    [Theory]
    [InlineData("a\u0001b")]
    [InlineData("a\nb")]
    [InlineData("\u202Eevil")]
    [InlineData("a\u2066b")]
    public void What_hides_or_turns_letters_is_refused(string text) =>
        Assert.Equal("Name holds a character that cannot be shown. Please take it out.", new LineAttribute(100).Check(text, "Name"));

    [Fact]
    public void Half_a_letter_is_refused() =>
        Assert.NotNull(new LineAttribute(100).Check($"a{'\uD800'}b", "Name"));

    [Fact]
    public void A_line_end_belongs_into_prose_and_length_is_counted_to_the_letter()
    {
        Assert.Null(new ProseAttribute(3).Check("a\nb", "Text"));
        Assert.Equal("Text is too long: 4 characters, and at most 3 fit.", new ProseAttribute(3).Check("a\nbc", "Text"));
    }
}
