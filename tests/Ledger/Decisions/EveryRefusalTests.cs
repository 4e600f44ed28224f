using System.Reflection;

namespace FundingFlows.Ledger.Tests;

/// <summary>What holds for all enumerations of refusals together.</summary>
public sealed class EveryRefusalTests
{
    private static readonly IEnumerable<Type> Enumerations = typeof(Refusal).Assembly.GetTypes()
        .Where(type => type.IsEnum && type.Name.EndsWith("Refusal", StringComparison.Ordinal));

    /// <summary>All tables of this project, by the enumeration that they are of.</summary>
    private static readonly Dictionary<Type, IRefusalTable> Tables = typeof(EveryRefusalTests).Assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
        .Where(field => field.FieldType.IsAssignableTo(typeof(IRefusalTable)))
        .Select(field => (IRefusalTable)field.GetValue(null)!)
        .ToDictionary(table => table.Reasons);

    public static TheoryData<string> All => [.. Enumerations.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void Enumeration_OfACommand_HasATableWithARowForEachValue(string enumeration)
    {
        var type = Enumerations.Single(type => type.Name == enumeration);

        Assert.Equal(Enum.GetNames(type), Tables[type].Covered.Distinct());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Enumeration_OfACommand_CountsItsReasonsFromOneAndSaysWhatTheyRefuse(string enumeration)
    {
        var type = Enumerations.Single(type => type.Name == enumeration);
        var values = Enum.GetValuesAsUnderlyingType(type).Cast<int>().ToList();

        Assert.Equal(Enumerable.Range(1, values.Count), values);
        Assert.All(Enum.GetNames(type), name => Assert.NotNull(type.GetField(name)!.GetCustomAttribute<RefusesAttribute>()));
    }

    /// <summary>Reasons are part of the interface: a change here breaks who reads them.</summary>
    [Fact]
    public void Reasons_OfAllEnumerations_AreAsTheyWereReleased()
    {
        var reasons = Tables.Values.SelectMany(table => Enum.GetNames(table.Reasons).Select(value => Refusal.ReasonOf(table.Reasons, value)));

        Assert.Equal(ReleasedReasons.All, reasons.Order(StringComparer.Ordinal));
    }
}
