namespace FundingFlows.Allocations;

/// <summary>A part of the pot and the rule by which it is shared out.</summary>
/// <param name="Name">What people call it, once in a formula.</param>
/// <param name="ShareBasisPoints">Its share of the pot in hundredths of a per cent.</param>
/// <param name="OnlyWhere">An indicator: only recipients whose figure is above zero get any. Null: all may.</param>
public abstract record Component(string Name, uint ShareBasisPoints, string? OnlyWhere)
{
    /// <summary>The indicators that it needs of each recipient.</summary>
    public abstract IEnumerable<string> Indicators { get; }
}

/// <summary>In proportion to a count, such as people or miles of road.</summary>
public sealed record PerHead(string Name, uint ShareBasisPoints, string Count, string? OnlyWhere = null) : Component(Name, ShareBasisPoints, OnlyWhere)
{
    public override IEnumerable<string> Indicators => [Count];
}

/// <summary>In proportion to a count times an index of need to a power.</summary>
/// <param name="Power">How strongly need counts. A power of 2 gives a place with twice the need four times as much a head.</param>
public sealed record ByNeed(string Name, uint ShareBasisPoints, string Count, string Index, Power Power, string? OnlyWhere = null) : Component(Name, ShareBasisPoints, OnlyWhere)
{
    public override IEnumerable<string> Indicators => [Count, Index];
}

/// <summary>The same for each recipient.</summary>
public sealed record Flat(string Name, uint ShareBasisPoints, string? OnlyWhere = null) : Component(Name, ShareBasisPoints, OnlyWhere)
{
    public override IEnumerable<string> Indicators => [];
}

/// <summary>In proportion to a count times how far a figure is from a standard; nothing for those that meet it.</summary>
/// <param name="Count">The count. Null: one for each recipient.</param>
/// <param name="Figure">The indicator that is compared with the standard.</param>
/// <param name="Standard">In the indicator's unit.</param>
/// <param name="Below">True: who is below the standard gets some. False: who is above it.</param>
public sealed record ByGap(string Name, uint ShareBasisPoints, string? Count, string Figure, decimal Standard, bool Below, string? OnlyWhere = null)
    : Component(Name, ShareBasisPoints, OnlyWhere)
{
    public override IEnumerable<string> Indicators => Count is null ? [Figure] : [Count, Figure];
}

/// <summary>
/// So that need is met equally, given what each can raise itself: max(0, need x standard - resources), where need is a count times an
/// index to a power, and the standard is such that the grants add up.
/// </summary>
/// <param name="Index">An index of need. Null: need is the count alone.</param>
/// <param name="Resources">What the recipient can raise itself in the year, in pounds.</param>
public sealed record Equalising(string Name, uint ShareBasisPoints, string Count, string? Index, Power Power, string Resources, string? OnlyWhere = null)
    : Component(Name, ShareBasisPoints, OnlyWhere)
{
    public override IEnumerable<string> Indicators => Index is null ? [Count, Resources] : [Count, Index, Resources];
}
