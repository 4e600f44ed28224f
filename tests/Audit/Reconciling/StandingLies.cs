using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Standing instructions that are not followed, and money that is passed on though none tells it.</summary>
internal static class StandingLies
{
    private const long Came = 40_00;

    public static IReadOnlyDictionary<string, ToldLie> All { get; } = new Dictionary<string, ToldLie>
    {
        ["money that is not passed on"] = new(federation => $"{GoesPast(federation)} goes past", [Check.PassedOnAsInstructed]),
        ["less passed on than instructed"] = new(
            federation => $"{federation.PassOn(sent => { sent.AmountPence--; sent.Pieces[0].AmountPence--; })} goes past", [Check.PassedOnAsInstructed]),
        ["a share passed on twice"] = new(Twice, [Check.PassedOnAsInstructed]),
        ["money passed on by an instruction that has stopped"] = new(Stopped, [Check.PassedOnAsInstructed]),
        ["another share passed on before its turn"] = new(federation => $"{federation.PassOn(sent => sent.PassedOn.Share = 1)} goes past", [Check.PassedOnAsInstructed]),
    };

    /// <summary>The region passes half of what comes on to the council, and what has come is not passed on yet.</summary>
    public static ForgedFederation WithMoney(this ForgedFederation federation)
    {
        var (toRegion, toCouncil, _) = federation.PlayFourTiers();
        federation[Region].Do(new SetStandingInstruction(new StandingLine(toRegion, Kind.Capital, EarmarkSet.Of([])), [new StandingPart(toCouncil, 500_000)]));
        federation.Release(toRegion, Kind.Capital, Came);
        federation.Carry(Central, Region);
        return federation;
    }

    private static EntryId GoesPast(ForgedFederation federation)
    {
        federation.WithMoney();
        return federation.Pay(Region, Kind.Capital, 1);
    }

    /// <summary>It passes on what it should, or something like it.</summary>
    private static EntryId PassOn(this ForgedFederation federation, Action<TransferSent> otherwise)
    {
        var sent = federation.WithMoney().NextOfRegion();
        otherwise(sent[0].TransferSent);
        return federation[Region].Write([.. sent]);
    }

    private static string Twice(ForgedFederation federation)
    {
        federation.PassOn(_ => { });
        return $"{federation[Region].Write(Again(federation))} passes on or stops what no standing instruction";
    }

    private static string Stopped(ForgedFederation federation)
    {
        var sent = federation.WithMoney().NextOfRegion();
        var stopped = federation[Region].Write(PassingOn.Stopped(sent, "PROMISE_EXCEEDED"));
        return $"{federation[Region].Write([.. sent])} passes on or stops what no standing instruction";
    }

    public static IReadOnlyList<Fact> NextOfRegion(this ForgedFederation federation)
    {
        var region = federation[Region];
        return PassingOn.Next(region.Books, new Surroundings(region.Next, () => region.Root(region.Size), _ => true, _ => false))!;
    }

    /// <summary>A release by a person that calls itself passed on.</summary>
    private static Fact Again(ForgedFederation federation)
    {
        var region = federation[Region];
        var before = region.EntryAt(region.Size - 1).Fact.TransferSent;
        var release = new ReleaseFunds(EntryId.From(before.Award), Year, Kind.Capital, EarmarkSet.Of([]), before.AmountPence);
        var again = release.Decide(region.Books, new Surroundings(region.Next, () => region.Root(region.Size), _ => true, _ => false)).Facts[0].Clone();
        again.TransferSent.PassedOn = before.PassedOn.Clone();
        return again;
    }
}
