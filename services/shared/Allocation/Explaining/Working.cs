namespace FundingFlows.Allocations;

/// <summary>Why a recipient gets what it gets in a year.</summary>
/// <param name="Parts">One for each component and then one for each adjustment, in the formula's order.</param>
/// <param name="RoundingPence">What rounding to whole pence gave or took: less than a penny either way. With it the parts add up exactly.</param>
/// <param name="PencePerHead">Rounded down. Null: the formula names no population, or less than one person lives there.</param>
/// <param name="Sentences">Plain words for a resident. Their amounts add up to the penny.</param>
public sealed record Working(
    Recipient Recipient, int FinancialYear, long AmountPence, IReadOnlyList<WorkingPart> Parts, decimal RoundingPence, long? PencePerHead, IReadOnlyList<string> Sentences);

/// <summary>One step of the working.</summary>
/// <param name="Pence">Exact, to nine decimal places.</param>
/// <param name="ShownPence">In whole pence; those of all parts add up to the recipient's amount.</param>
public sealed record WorkingPart(string Name, decimal Pence, long ShownPence);
