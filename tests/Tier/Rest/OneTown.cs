namespace FundingFlows.Tiers.Tests;

/// <summary>Tests that share one town because they mostly read. What they write, they write at bodies whose figures no other test looks at.</summary>
[CollectionDefinition(Name)]
public sealed class OneTown : ICollectionFixture<Town>
{
    public const string Name = "one town";
}
