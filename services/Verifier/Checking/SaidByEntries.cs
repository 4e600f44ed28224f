namespace FundingFlows.Verifier;

/// <summary>What entries of a journal say that matters to keys: its own, and those of bodies that it vouches for.</summary>
internal sealed record SaidByEntries(
    Genesis? Genesis, IReadOnlyList<AdoptedKey> Keys, IReadOnlyList<(long Index, BodyRegistered Registration)> Registered,
    IReadOnlyList<KeyRotated> Rotated, IReadOnlyList<SuccessionTold> Told)
{
    public static SaidByEntries Nothing { get; } = new(null, [], [], [], []);

    /// <summary>Whether a fact says anything of keys.</summary>
    public static bool Matters(Fact fact) =>
        fact.KindCase is Fact.KindOneofCase.Genesis or Fact.KindOneofCase.KeyAdopted or Fact.KindOneofCase.BodyRegistered or Fact.KindOneofCase.KeyRotated
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
            [.. facts.Select(one => one.Fact.KeyRotated).OfType<KeyRotated>()],
            [.. facts.Select(one => one.Fact.SuccessionTold).OfType<SuccessionTold>()]);
    }
}
