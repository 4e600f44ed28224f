using FundingFlows.Catalogues;
using FundingFlows.Contracts.Journal.V1;
using FundingFlows.Ledger;

namespace FundingFlows.Architecture.Tests;

/// <summary>The catalogues of facts and refusals are what contracts and code are now, and leave nothing out.</summary>
public sealed class CatalogueTests
{
    private static readonly IReadOnlyDictionary<string, string> Current = Catalogue.All(Repository.Root).ToDictionary(catalogue => catalogue.Path, catalogue => catalogue.Text);

    public static TheoryData<string> Paths => [.. Current.Keys];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Catalogue_OfTheRepository_IsCurrent(string path) =>
        Assert.True(File.ReadAllText(Path.Combine(Repository.Root, path)) == Current[path], $"{path} is not current. Run: {Catalogue.Command}");

    [Fact]
    public void Facts_OfAJournal_AreAllListed()
    {
        var kinds = Fact.Descriptor.Oneofs.Single(choice => choice.Name == "kind").Fields;
        Assert.True(kinds.Count >= 20);
        Assert.All(kinds, kind => Assert.Contains($"\n### {kind.MessageType.Name} ({kind.FieldNumber})\n", Current["docs/facts.md"], StringComparison.Ordinal));
    }

    [Fact]
    public void Refusals_OfAllCommands_AreAllListedOnce()
    {
        var reasons = typeof(Refusal).Assembly.GetTypes().Where(type => type.IsEnum && type.Name.EndsWith("Refusal", StringComparison.Ordinal))
            .SelectMany(type => Enum.GetNames(type).Select(value => Refusal.ReasonOf(type, value))).ToList();
        Assert.True(reasons.Count > 50);
        Assert.All(reasons, reason => Assert.Equal(2, Current["docs/refusals.md"].Split($"| `{reason}` |").Length));
    }
}
