namespace FundingFlows.Allocations;

/// <summary>What a column of figures says about the recipients.</summary>
/// <param name="Name">Lower-case letters, digits and underscores, such as <c>population_mid_2024</c>.</param>
/// <param name="Unit">What one of it is: people, pounds, score. Population is counted in people, money in pounds.</param>
/// <param name="Source">Who published it.</param>
/// <param name="AsOf">The day that the figures are of.</param>
public sealed record Indicator(string Name, string Unit, string Source, DateOnly AsOf)
{
    public const string People = "people";
    public const string Pounds = "pounds";

    public const int LongestName = 64;

    public static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
}

/// <summary>Who gets a share.</summary>
/// <param name="Id">The body's id: ties in rounding go by it.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Group">The larger place that it lies in, for comparing the parts of a place. Empty: none.</param>
public sealed record Recipient(string Id, string Name, string Group = "");
