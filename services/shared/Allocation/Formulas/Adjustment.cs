namespace FundingFlows.Allocations;

/// <summary>A change to what the components give. It moves money between recipients and never changes the total.</summary>
/// <param name="Name">What people call it, once in a formula.</param>
public abstract record Adjustment(string Name)
{
    /// <summary>The indicators that it needs of each recipient that it concerns.</summary>
    public abstract IEnumerable<string> Indicators { get; }
}

/// <summary>Which side of an amount nobody may be on.</summary>
public enum BoundSide
{
    /// <summary>Nobody gets less.</summary>
    Floor = 1,

    /// <summary>Nobody gets more.</summary>
    Cap,
}

/// <summary>
/// A floor or cap. What it takes to lift some, or what is taken from some, is borne by or goes to all who are at no bound, in
/// proportion to what they had.
/// </summary>
/// <param name="Side">Floor or cap.</param>
/// <param name="Limit">The amount.</param>
/// <param name="OnlyWhere">An indicator: it counts only for recipients whose figure is above zero. Null: for all.</param>
public sealed record Bound(string Name, BoundSide Side, Limit Limit, string? OnlyWhere = null) : Adjustment(Name)
{
    public override IEnumerable<string> Indicators => Limit.Indicator is { } needed ? [needed] : [];
}

/// <summary>
/// Only a part of the change since last year counts: the rest of the amount follows last year's shares of the pot. So a change takes
/// some years.
/// </summary>
/// <param name="CountedBasisPoints">How much of the change counts, in hundredths of a per cent.</param>
/// <param name="LastYear">What each got last year, in pounds. In a later year of a run it is what the year before gave.</param>
public sealed record Damping(string Name, uint CountedBasisPoints, string LastYear) : Adjustment(Name)
{
    public override IEnumerable<string> Indicators => [LastYear];
}

/// <summary>The amount of a floor or cap.</summary>
public abstract record Limit
{
    /// <summary>The indicator that it is worked out from. Null: none.</summary>
    public virtual string? Indicator => null;
}

/// <summary>The same amount for each recipient and year.</summary>
public sealed record PoundsLimit(long Pence) : Limit;

/// <summary>So much for each head. Of a fraction of a penny a floor is rounded up and a cap down, so neither is ever passed.</summary>
public sealed record PerHeadLimit(long Pence, string Count) : Limit
{
    public override string Indicator => Count;
}

/// <summary>A part of what each got last year, rounded as <see cref="PerHeadLimit"/> is.</summary>
/// <param name="BasisPoints">9,500 is 95 %: as a floor, nobody loses more than 5 %.</param>
/// <param name="LastYear">What each got last year, in pounds. In a later year of a run it is what the year before gave.</param>
public sealed record LastYearLimit(uint BasisPoints, string LastYear) : Limit
{
    public override string Indicator => LastYear;
}
