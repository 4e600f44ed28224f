using System.Reflection;

namespace FundingFlows.Ledger.Tests;

/// <summary>No example of the page is left unplayed.</summary>
public sealed class MoneyPageTests
{
    [Fact]
    public void Page_OfExamples_IsPlayedWhole()
    {
        var played = typeof(MoneyPageTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Select(method => method.GetCustomAttribute<PlaysAttribute>()?.Heading).OfType<string>();

        Assert.Equal(MoneyPage.WithExamples.Order(StringComparer.Ordinal), played.Order(StringComparer.Ordinal));
    }
}
