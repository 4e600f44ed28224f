using FundingFlows.Contracts.Clawbacks.V1;
using FundingFlows.Ledger;

namespace FundingFlows.Local;

/// <summary>
/// A combined authority ends a pilot and claims its money back. A part was spent: the council sends what it still has and owes the rest.
/// Some of that the authority lets go; the council meets what is left with money that it raised itself, which keeps its own label.
/// </summary>
internal sealed class ClaimingBack(Topology topology, Office office)
{
    public const long GivenPence = 40_000_00, SpentPence = 15_000_00, WithdrawnPence = 3_000_00;
    public const long OwnPence = SpentPence - WithdrawnPence;
    private const string PilotName = "pilot-fund", OwnName = "general-reserve";
    private static readonly PromisedLine Line = new(Kind.Revenue);
    private readonly Funding funding = new(office);

    /// <summary>Null: no combined authority funds a council.</summary>
    public async Task<ClaimedBack?> PlayAsync(CancellationToken cancellation)
    {
        if (topology.OfTier(Tier.Council).LastOrDefault(one => one.FundedBy.Count > 0 && topology.Body(one.FundedBy[0]).Tier == Tier.CombinedAuthority) is not { } council)
            return null;
        var funder = council.FundedBy[0];
        var award = await GiveAsync(funder, council.Id, cancellation);
        var bill = new Bill("pilot", $"{funder}.{PilotName}", Kind.Revenue, "advice-services", PlaceFund.PlaceOf(council), SampleBills.PayeeOf("GB-CHC", topology, council), null, SpentPence);
        await new Approving(topology, office).PayAsync(council.Id, [bill], cancellation);
        var claim = await ClaimAsync(funder, award, cancellation);
        await SettleAsync(council.Id, claim, "with what is left", GivenPence - SpentPence, cancellation);
        await funding.IssueAsync(SampleFunds.Own(council.Id, office, OwnName, "General Reserve"), $"raise {council.Id}", SourceKind.LocalLevy, "reserve-2026-27", OwnPence, cancellation);
        await WithdrawAsync(funder, council.Id, claim, cancellation);
        await SettleAsync(council.Id, claim, "with its own", OwnPence, cancellation);
        await office.UntilAsync(
            funder, options => office.Clawbacks.GetClawbackAsync(new GetClawbackRequest { Body = funder, Clawback = claim }, options),
            found => found.Clawback.OwedPence == 0 && found.Clawback.MetPence == GivenPence - WithdrawnPence, $"That {claim} is met", cancellation);
        return new ClaimedBack(topology.Body(funder).Name, council.Name, GivenPence, SpentPence, WithdrawnPence);
    }

    /// <summary>Answers with the award.</summary>
    private async Task<string> GiveAsync(string funder, string council, CancellationToken cancellation)
    {
        await funding.IssueAsync(SampleFunds.Own(funder, office, PilotName, "Pilot Fund"), $"issue {PilotName} {funder}", SourceKind.LocalLevy, "pilot-2026-27", GivenPence, cancellation);
        var award = await funding.AwardAsync(new Offer(funder, council, $"{funder}.{PilotName}", new Dictionary<PromisedLine, long> { [Line] = GivenPence }, PilotName), cancellation);
        await funding.ArriveAsync(await funding.ReleaseAsync(funder, award, Line, GivenPence, cancellation), cancellation);
        return award;
    }

    private async Task<string> ClaimAsync(string funder, string award, CancellationToken cancellation)
    {
        var request = new ClaimClawbackRequest
        {
            Body = funder,
            CommandId = office.CommandId($"claim back {award}"),
            Award = award,
            Kind = Line.Kind,
            AmountPence = GivenPence,
            Reason = "Illustration: the pilot has ended early.",
        };
        return (await office.AskAsync(funder, OfficerRoles.ChiefFinanceOfficer, options => office.Clawbacks.ClaimClawbackAsync(request, options), cancellation)).Clawback.Id;
    }

    /// <summary>The council hears of it before it pays.</summary>
    private async Task WithdrawAsync(string funder, string council, string claim, CancellationToken cancellation)
    {
        var request = new WithdrawClawbackRequest { Body = funder, CommandId = office.CommandId($"let go of {claim}"), Clawback = claim, AmountPence = WithdrawnPence };
        await office.AskAsync(funder, OfficerRoles.ChiefFinanceOfficer, options => office.Clawbacks.WithdrawClawbackAsync(request, options), cancellation);
        await office.UntilAsync(
            council, options => office.Clawbacks.GetClawbackAsync(new GetClawbackRequest { Body = council, Clawback = claim }, options),
            found => found.Clawback.OwedPence <= OwnPence, $"That {council} need not send {Pence.InPounds(WithdrawnPence)} back", cancellation);
    }

    private async Task SettleAsync(string council, string claim, string step, long amountPence, CancellationToken cancellation)
    {
        var request = new SettleClawbackRequest { Body = council, CommandId = office.CommandId($"meet {claim} {step}"), Clawback = claim, AmountPence = amountPence };
        await office.AskWhenItComesAsync(
            council, OfficerRoles.Approver, options => office.Clawbacks.SettleClawbackAsync(request, options), $"The claim {claim} at {council}", cancellation);
    }
}
