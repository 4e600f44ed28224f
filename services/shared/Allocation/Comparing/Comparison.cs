namespace FundingFlows.Allocations;

/// <summary>Two allocations of the same pot to the same recipients, side by side.</summary>
/// <param name="Changes">One for each recipient, in the table's order.</param>
/// <param name="Before">How the first does.</param>
/// <param name="After">How the second does.</param>
/// <param name="Groups">The gap within each group that has more than one recipient, by the group's name.</param>
public sealed record Comparison(IReadOnlyList<Change> Changes, Findings Before, Findings After, IReadOnlyList<GroupGap> Groups)
{
    public int Gainers => Changes.Count(change => change.ChangePence > 0);

    public int Losers => Changes.Count(change => change.ChangePence < 0);

    /// <summary>What those who gain get more: as much as those who lose get less, where the pots are the same.</summary>
    public long MovedPence => Changes.Where(change => change.ChangePence > 0).Sum(change => change.ChangePence);
}

/// <summary>What a recipient gets under each, over all years.</summary>
public sealed record Change(Recipient Recipient, long BeforePence, long AfterPence)
{
    public long ChangePence => AfterPence - BeforePence;
}

/// <summary>How well an allocation does. Parts are in hundredths of a per cent.</summary>
/// <param name="MisplacedBasisPoints">The part of the money that would have to move for it to follow need exactly. Null: nobody has need.</param>
/// <param name="BetweenGroupsBasisPoints">The same between the groups, each taken whole: the gap between places. Null: there are no groups.</param>
/// <param name="MarkedBasisPoints">The part that reaches those that the mark marks, such as left-behind places. Null: no mark was named.</param>
public sealed record Findings(int? MisplacedBasisPoints, int? BetweenGroupsBasisPoints, int? MarkedBasisPoints);

/// <summary>The gap within a place: the part of its money that would have to move for it to follow need there.</summary>
public sealed record GroupGap(string Group, int? BeforeBasisPoints, int? AfterBasisPoints);
