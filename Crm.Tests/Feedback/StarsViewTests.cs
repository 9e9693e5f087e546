using Crm.Feedback;

namespace Crm.Tests.Feedback;

public sealed class StarsViewTests
{
    [Theory]
    [InlineData(null, "–", "off off off off off")]
    [InlineData(1.0, "1.0", "on off off off off")]
    [InlineData(3.24, "3.2", "on on on off off")]
    [InlineData(3.25, "3.3", "on on on half off")]
    [InlineData(3.74, "3.7", "on on on half off")]
    [InlineData(3.76, "3.8", "on on on on off")]
    [InlineData(5.0, "5.0", "on on on on on")]
    public void An_average_is_drawn_to_the_nearest_half_star(double? average, string number, string stars)
    {
        var view = new StarsView(average, 8);

        Assert.Equal(number, view.Number);
        Assert.Equal(stars, string.Join(' ', Enumerable.Range(1, 5).Select(view.Fill)));
    }

    [Fact]
    public void An_average_is_of_people_not_of_kinds()
    {
        var summary = new RatingSummary(new Dictionary<int, int> { [5] = 3, [1] = 1 });

        Assert.Equal((4, 4.0, 75, 0), (summary.Count, summary.Stars.Average, summary.Percent(5), summary.Percent(3)));
        Assert.Null(new RatingSummary(new Dictionary<int, int>()).Stars.Average);
    }
}
