using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Custody.V1;
using FundingFlows.Contracts.Registry.V1;
using FundingFlows.Contracts.Transfers.V1;
using Google.Type;

namespace FundingFlows.Local;

/// <summary>
/// A forum that was set up for a short while ends. Its council keeps its money, until it does so no more; its key is replaced; it
/// declines what it cannot use, reports, sends back what is left, and is closed. Its journal is sealed.
/// </summary>
internal sealed class WindingUp(Topology topology, Office office)
{
    private const string Name = "start-up-fund";
    private const long GivenPence = 6_000_00, SpentPence = 4_000_00, LatePence = 500_00;
    private static readonly string[] NotYet = ["CLOSE_BODY_ON_ITS_WAY", "CLOSE_BODY_AGREEMENT_OPEN", "CLOSE_BODY_CUSTODY_OPEN", "CLOSE_BODY_MONEY_HELD"];
    private static readonly PromisedLine Line = new(Kind.Revenue);
    private readonly Funding funding = new(office);
    private readonly Arranging arranging = new(topology, office);

    /// <summary>Null: no forum is without a funder, so that it ends when its council's money has ended.</summary>
    public async Task<WoundUp?> PlayAsync(CancellationToken cancellation)
    {
        if (topology.OfTier(Tier.NeighbourhoodForum).FirstOrDefault(one => one.FundedBy.Count == 0 && topology.Body(one.RegisteredBy).Tier == Tier.Council) is not { } forum)
            return null;
        var council = forum.RegisteredBy;
        await funding.IssueAsync(SampleFunds.Own(council, office, Name, "Start-up Fund"), $"issue {Name} {council}", SourceKind.LocalLevy, "start-up-2026-27", GivenPence, cancellation);
        var agreement = (await funding.AgreeAsync([new ProposeAgreementRequest { Body = council, Recipient = forum.Id, AccountableBody = arranging.AccountableFor(forum) }], cancellation))[0];
        var award = await funding.AwardAsync(OfferOf(council, forum.Id, GivenPence, Name), cancellation);
        await funding.ArriveAsync(await funding.ReleaseAsync(council, award, Line, GivenPence, cancellation), cancellation);
        await new Approving(topology, office).PayAsync(forum.Id, [BillOf(forum, "opening", SpentPence)], cancellation);
        await ChangeKeyAsync(forum, council, cancellation);
        await RenewAsync(forum.Id, council, cancellation);
        await DeclineAsync(council, forum.Id, cancellation);
        await new Reporting(topology, [], office).ReportAsync([(forum.Id, council, $"{council}.{Name}")], cancellation);
        await RepayAsync(forum.Id, award, cancellation);
        await EndAsync(council, forum.Id, agreement, cancellation);
        return new WoundUp(forum.Name, topology.Body(council).Name, GivenPence, GivenPence - SpentPence);
    }

    private static Offer OfferOf(string council, string forum, long pence, string step) =>
        new(council, forum, $"{council}.{Name}", new Dictionary<PromisedLine, long> { [Line] = pence }, step);

    private Bill BillOf(TopologyBody forum, string step, long pence) => new(
        step, $"{forum.RegisteredBy}.{Name}", Kind.Revenue, "advice-services", PlaceFund.PlaceOf(forum), SampleBills.PayeeOf("GB-CHC", topology, forum), null, pence);

    /// <summary>
    /// Until its council has recorded the new key, nobody believes what the forum sends. A last instruction to pay waits for that,
    /// and comes when the council keeps the forum's money no more: it is sent back.
    /// </summary>
    private async Task ChangeKeyAsync(TopologyBody forum, string council, CancellationToken cancellation)
    {
        var custody = await arranging.KeepAsync(forum.Id, council, cancellation);
        var bill = BillOf(forum, "late", LatePence);
        var payment = bill.Request(forum.Id, office.CommandId($"instruct {forum.Id} {bill.Step}"), await office.ProjectAsync(forum.Id, bill, cancellation));
        var first = await office.ReadAsync(forum.Id, options => office.Journals.GetEntryAsync(new GetEntryRequest { Body = forum.Id }, options), cancellation);
        var adopted = await office.AskAsync(
            forum.Id, OfficerRoles.ChiefFinanceOfficer,
            options => office.Registrations.AdoptKeyAsync(
                new AdoptKeyRequest { Body = forum.Id, CommandId = office.CommandId($"new key {forum.Id}"), Replaces = first.Entry.Fact.Genesis.PublicKey }, options),
            cancellation);
        var instruction = (await office.AskAsync(forum.Id, OfficerRoles.Preparer, options => office.Payments.MakePaymentAsync(payment, options), cancellation)).Instruction;
        await office.AskAsync(
            council, OfficerRoles.ChiefFinanceOfficer,
            options => office.Custodies.EndCustodyAsync(
                new EndCustodyRequest { Body = council, CommandId = office.CommandId($"end {custody}"), Custody = custody, Reason = "Illustration: the forum is to be closed." }, options),
            cancellation);
        await office.AskAsync(
            council, OfficerRoles.ChiefFinanceOfficer,
            options => office.Registrations.RotateKeyAsync(
                new RotateKeyRequest
                {
                    Body = council,
                    CommandId = office.CommandId($"record the new key of {forum.Id}"),
                    Registered = forum.Id,
                    PublicKey = adopted.PublicKey,
                    FromIndex = adopted.Recorded.Reference.Index,
                },
                options),
            cancellation);
        await office.UntilAsync(
            forum.Id, options => office.Instructions.GetInstructionAsync(new GetInstructionRequest { Body = forum.Id, Instruction = instruction }, options),
            found => found.Instruction.State == InstructionState.Returned, $"That {council} sends {instruction} back", cancellation);
    }

    /// <summary>As if the forum had lost its newest entries, its council declares a new epoch of its journal: it keeps all that the forum has signed.</summary>
    private async Task RenewAsync(string forum, string council, CancellationToken cancellation)
    {
        var signed = await office.UntilAsync(
            forum, options => office.Journals.ReadJournalAsync(new ReadJournalRequest { Body = forum, PageSize = 1 }, options),
            read => read.Page.Checkpoint.Split('\n') is [_, var size, ..] && size == $"{read.Size}", $"That {forum} signs its whole journal", cancellation);
        // A year that is played again finds it begun; what the forum signs by then is another journal, and another request.
        if (signed.Page.Epoch == 2)
            return;
        await office.AskAsync(
            council, OfficerRoles.ChiefFinanceOfficer,
            options => office.Registrations.DeclareEpochAsync(
                new DeclareEpochRequest { Body = council, CommandId = office.CommandId($"a new epoch of {forum}"), Registered = forum, Epoch = 2, Checkpoint = signed.Page.Checkpoint }, options),
            cancellation);
        // What the forum recorded before it begins the epoch would not be kept.
        await office.UntilAsync(
            forum, options => office.Journals.ReadJournalAsync(new ReadJournalRequest { Body = forum, PageSize = 1 }, options),
            read => read.Page.Epoch == 2, $"That {forum} begins the second epoch of its journal", cancellation);
    }

    private async Task DeclineAsync(string council, string forum, CancellationToken cancellation)
    {
        var award = await funding.OfferAsync(OfferOf(council, forum, SpentPence, "once more"), cancellation);
        await office.AskWhenItComesAsync(
            forum, OfficerRoles.ChiefFinanceOfficer,
            options => office.Awards.DeclineAwardAsync(new DeclineAwardRequest { Body = forum, CommandId = office.CommandId($"decline {award}"), Award = award }, options),
            $"The offer of {council} to {forum}", cancellation);
    }

    private async Task RepayAsync(string forum, string award, CancellationToken cancellation)
    {
        var request = new RepayUnderspendRequest { Body = forum, CommandId = office.CommandId($"repay {award}"), Award = award, AmountPence = GivenPence - SpentPence };
        var repaid = await office.AskAsync(forum, OfficerRoles.Approver, options => office.Transfers.RepayUnderspendAsync(request, options), cancellation);
        await funding.ArriveAsync(repaid.Transfer, cancellation);
    }

    private async Task EndAsync(string council, string forum, string agreement, CancellationToken cancellation)
    {
        await office.AskAsync(
            forum, OfficerRoles.ChiefFinanceOfficer,
            options => office.Agreements.EndAgreementAsync(
                new EndAgreementRequest { Body = forum, CommandId = office.CommandId($"end {agreement}"), Agreement = agreement, Reason = "Illustration: the forum is to be closed." }, options),
            cancellation);
        var closing = new CloseBodyRequest { Body = forum, CommandId = office.CommandId($"close {forum}"), LastDay = new Date { Year = PlaceFund.Year, Month = 12, Day = 31 } };
        await office.AskOnceItMayBeAsync(forum, OfficerRoles.ChiefFinanceOfficer, NotYet, options => office.Registrations.CloseBodyAsync(closing, options), cancellation);
        await office.UntilAsync(
            council, options => office.Registrations.GetRegistrationAsync(new GetRegistrationRequest { Body = council, Registered = forum }, options),
            found => found.Registered.Closed, $"That {council} has closed {forum}", cancellation);
    }
}
