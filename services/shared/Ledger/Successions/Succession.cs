using System.Diagnostics.CodeAnalysis;

namespace FundingFlows.Ledger;

/// <summary>Who stands in the place of a body that is abolished, as its registering body has ordered.</summary>
/// <param name="Order">The order's entry, in the registering body's journal.</param>
public sealed record Succession(EntryId Order, SuccessionTerms Terms)
{
    public const int MostSuccessors = 8;
    public const int WholeInBasisPoints = 10_000;

    public string Predecessor => Terms.Predecessor;

    /// <summary>Their ids, as they were ordered.</summary>
    public IEnumerable<string> Successors => Terms.Successors.Select(successor => successor.Body);

    /// <summary>The place of a successor among them, from 0.</summary>
    public int PlaceOf(string successor) => Successors.ToList().IndexOf(successor);

    /// <summary>Who takes what cannot be divided, unless somebody is named: the one with the largest share, of equals the first.</summary>
    public string Largest => Terms.Successors.MaxBy(successor => successor.BasisPoints)!.Body;

    /// <summary>What of an amount falls to each successor, in their order. The parts add up to it.</summary>
    public long[] Split(long pence) => Apportionment.Split(pence, [.. Terms.Successors.Select(successor => (long)successor.BasisPoints)]);

    /// <summary>For people: <c>A and B</c>.</summary>
    public string InWords => string.Join(" and ", Successors);

    public static bool TryFrom(EntryRef? order, SuccessionTerms? terms, [NotNullWhen(true)] out Succession? succession)
    {
        succession = EntryId.TryFrom(order, out var id) && terms is not null && AreWellFormed(terms) ? new Succession(id, terms) : null;
        return succession is not null;
    }

    private static bool AreWellFormed(SuccessionTerms terms) =>
        Names.IsBody(terms.Predecessor) && terms.Successors.Count is >= 1 and <= MostSuccessors
        && terms.Successors.All(successor => Names.IsBody(successor.Body) && successor.Body != terms.Predecessor && successor.BasisPoints is >= 1 and <= WholeInBasisPoints)
        && terms.Successors.DistinctBy(successor => successor.Body).Count() == terms.Successors.Count
        && terms.Successors.Sum(successor => (long)successor.BasisPoints) == WholeInBasisPoints
        && Dates.TryFrom(terms.VestingDay, out _);
}
