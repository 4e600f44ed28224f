namespace FundingFlows.Fire;

/// <summary>A standing instruction as far as the load knows of it.</summary>
internal sealed record KnownInstruction(string Id, KnownAward Award, IReadOnlyList<(KnownAward Award, int PartsPerMillion)> Shares);

/// <summary>The awards between bodies, and what they have said, or could say, of money to be passed on at once.</summary>
internal sealed class Standing(Deeds deeds, Purses purses)
{
    private const int MostShares = 3;
    private const int Whole = 1_000_000;
    private readonly List<KnownAward> awards = [];
    private readonly Dictionary<string, KnownInstruction> byAward = [];

    public void Add(KnownAward accepted) => awards.Add(accepted);

    public void Add(KnownInstruction instruction) => byAward[instruction.Award.Id] = instruction;

    /// <summary>A new instruction. Null: there is nothing to give one about.</summary>
    public Deed? Instruct(string body, Random random, Action<Action> under)
    {
        var free = awards.Where(award => award.Recipient == body && !byAward.ContainsKey(award.Id)).ToList();
        var given = awards.Where(award => award.Funder == body).ToArray();
        if (free.Count == 0 || given.Length == 0)
            return null;
        random.Shuffle(given);
        var shares = given.Take(random.Next(1, MostShares + 1)).Select(award => (award, random.Next(1, (Whole / MostShares) + 1))).ToList();
        var about = free[random.Next(free.Count)];
        return deeds.Instruct(body, about.Id, [.. shares.Select(share => (share.award.Id, share.Item2))], answer => under(() => Add(new KnownInstruction(answer.Instruction.Id, about, shares))));
    }

    /// <summary>One that may have stopped goes on.</summary>
    public Deed? Resume(string body, Random random) => OneOf(body, random) is { } instruction ? deeds.Resume(body, instruction.Id) : null;

    public Deed? End(string body, Random random, Action<Action> under) => OneOf(body, random) is { } instruction
        ? deeds.End(body, instruction.Id, () => under(() => byAward.Remove(instruction.Award.Id)))
        : null;

    /// <summary>What comes to stay where, of money that was released under an award: some of it may go on by itself. What a body refuses stays where it was.</summary>
    public IEnumerable<KnownAward> Arriving(KnownAward award)
    {
        if (!purses.CanReceive(award.Recipient))
            return [];
        var goesOn = (byAward.GetValueOrDefault(award.Id)?.Shares ?? [])
            .Select(share => share.Award with { Pence = (long)((Int128)award.Pence * share.PartsPerMillion / Whole) }).Where(share => purses.CanReceive(share.Recipient)).ToList();
        return goesOn.SelectMany(Arriving).Prepend(award with { Pence = award.Pence - goesOn.Sum(share => share.Pence) });
    }

    private KnownInstruction? OneOf(string body, Random random) =>
        byAward.Values.Where(one => one.Award.Recipient == body).ToList() is { Count: > 0 } all ? all[random.Next(all.Count)] : null;
}
