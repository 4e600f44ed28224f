namespace FundingFlows.Verifier;

/// <summary>What entries of a journal say that matters to keys: its own, and those of bodies that it vouches for.</summary>
/// <param name="OfOthers">The new keys and new epochs of bodies that it registered, in their order.</param>
internal sealed record SaidByEntries(
    Genesis? Genesis, IReadOnlyList<AdoptedKey> Keys, IReadOnlyList<(long Index, BodyRegistered Registration)> Registered,
    IReadOnlyList<Fact> OfOthers, IReadOnlyList<SuccessionTold> Told)
{
    public static SaidByEntries Nothing { get; } = new(null, [], [], [], []);

    /// <summary>The epochs that the journal has begun, and the entry that begins each.</summary>
    public IReadOnlyList<(long Index, EpochBegun Begun)> Begun { get; init; } = [];

    /// <summary>The origin of what the journal is now. Null: its genesis is not known.</summary>
    public string? Origin => Begun.Count > 0 ? Begun[^1].Begun.Origin : Genesis?.Origin;

    /// <summary>What is wrong with the names in the genesis, which may be any text, in a sentence. Null: nothing.</summary>
    public string? FaultOfNames => Genesis is null || (Names.IsFederation(Genesis.Federation) && Names.IsBody(Genesis.Body) && Names.IsBody(Genesis.RegisteringBody)
        && Genesis.Origin == Names.Origin(Genesis.Federation, Genesis.Body, Genesis.Epoch)) ? null
        : "The genesis gives names to the federation, the body, its registrar or the journal that no such thing can have.";

    /// <summary>The epoch by which an entry is named: what a new epoch kept of an earlier one keeps its name. Null: the genesis is not known.</summary>
    public uint? EpochAt(long index) => Begun.LastOrDefault(begun => begun.Index <= index).Begun?.Epoch ?? Genesis?.Epoch;

    /// <summary>Whether a fact says anything of keys.</summary>
    public static bool Matters(Fact fact) =>
        fact.KindCase is Fact.KindOneofCase.Genesis or Fact.KindOneofCase.KeyAdopted or Fact.KindOneofCase.BodyRegistered or Fact.KindOneofCase.KeyRotated
            or Fact.KindOneofCase.EpochDeclared or Fact.KindOneofCase.EpochBegun
        || (fact.KindCase == Fact.KindOneofCase.SuccessionTold && fact.SuccessionTold.Taker.Length > 0);

    /// <param name="facts">Those that matter, in the order of their indexes.</param>
    public static SaidByEntries From(IReadOnlyList<(long Index, Fact Fact)> facts)
    {
        var genesis = facts.FirstOrDefault(one => one.Index == 0).Fact?.Genesis;
        return new SaidByEntries(
            genesis,
            [
                .. genesis is null ? [] : new[] { new AdoptedKey(-1, genesis.PublicKey) },
                .. facts.Where(one => one.Fact.KindCase == Fact.KindOneofCase.KeyAdopted).Select(one => new AdoptedKey(one.Index, one.Fact.KeyAdopted.PublicKey)),
            ],
            [.. facts.Where(one => one.Fact.KindCase == Fact.KindOneofCase.BodyRegistered).Select(one => (one.Index, one.Fact.BodyRegistered))],
            [.. facts.Select(one => one.Fact).Where(fact => fact.KindCase is Fact.KindOneofCase.KeyRotated or Fact.KindOneofCase.EpochDeclared)],
            [.. facts.Select(one => one.Fact.SuccessionTold).OfType<SuccessionTold>()])
        {
            Begun = [.. facts.Where(one => one.Fact.KindCase == Fact.KindOneofCase.EpochBegun).Select(one => (one.Index, one.Fact.EpochBegun))],
        };
    }
}
