using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Payments.V1;
using FundingFlows.Contracts.Programmes.V1;
using FundingFlows.Contracts.Transfers.V1;
using FundingFlows.Ledger;
using Google.Type;

namespace FundingFlows.Fire;

/// <summary>The commands that the load gives, each with an id of its own.</summary>
/// <param name="projects">One of each body that pays.</param>
internal sealed class Deeds(Topology topology, Office office, IReadOnlyDictionary<string, string> projects, TimeProvider time)
{
    public const string SourceReference = "fire-illustration";
    public const string Category = "youth-work";
    private readonly string fund = $"{topology.Root.Id}.{SettingUp.FundName}";
    private int bills;

    public Deed Issue(string body, long pence)
    {
        var request = new IssueMoneyRequest
        {
            Body = body,
            CommandId = NewId(),
            Fund = fund,
            AmountPence = pence,
            Source = new Source { Kind = SourceKind.ParliamentaryVote, Reference = SourceReference },
        };
        return Deed.Of(body, OfficerRoles.ChiefFinanceOfficer, request, options => office.Programmes.IssueMoneyAsync(request, options), fact => fact.MoneyIssued?.AmountPence == pence);
    }

    public Deed Offer(string body, string recipient, long pence, Action<OfferAwardResponse> done)
    {
        var request = new OfferAwardRequest
        {
            Body = body,
            CommandId = NewId(),
            Recipient = recipient,
            Fund = fund,
            Promises = { new Promise { FinancialYear = PlaceFund.Year, Kind = Kind.Either, AmountPence = pence } },
        };
        return Deed.Of(body, OfficerRoles.Approver, request, options => office.Awards.OfferAwardAsync(request, options), fact => fact.AwardOffered?.Promises.Single().AmountPence == pence, done);
    }

    public Deed Accept(string body, string award, Action<AcceptAwardResponse>? done = null)
    {
        var request = new AcceptAwardRequest { Body = body, CommandId = NewId(), Award = award };
        return Deed.Of(
            body, OfficerRoles.ChiefFinanceOfficer, request, options => office.Awards.AcceptAwardAsync(request, options),
            fact => fact.AwardAccepted is { Award: var accepted } && EntryId.From(accepted).ToString() == award, done);
    }

    public Deed Release(string body, string award, long pence, string commandId, Action<ReleaseFundsResponse>? done = null)
    {
        var request = new ReleaseFundsRequest { Body = body, CommandId = commandId, Award = award, FinancialYear = PlaceFund.Year, Kind = Kind.Either, AmountPence = pence };
        return Deed.Of(
            body, OfficerRoles.Approver, request, options => office.Transfers.ReleaseFundsAsync(request, options),
            fact => fact.TransferSent is { Purpose: TransferPurpose.Allocation } sent && sent.AmountPence == pence, done);
    }

    public Deed Repay(string body, string award, long pence)
    {
        var request = new RepayUnderspendRequest { Body = body, CommandId = NewId(), Award = award, Kind = Kind.Either, AmountPence = pence };
        return Deed.Of(
            body, OfficerRoles.Approver, request, options => office.Transfers.RepayUnderspendAsync(request, options),
            fact => fact.TransferSent is { Purpose: TransferPurpose.Repayment } sent && sent.AmountPence == pence);
    }

    public Deed Pay(string body, long pence, Action<MakePaymentResponse>? done = null)
    {
        var payer = topology.Body(body);
        var request = new MakePaymentRequest
        {
            Body = body,
            CommandId = NewId(),
            Fund = fund,
            Project = projects[body],
            FinancialYear = PlaceFund.Year,
            PaidOn = new Date { Year = PlaceFund.Year, Month = 6, Day = 30 },
            Kind = Kind.Revenue,
            Category = Category,
            Place = PlaceFund.PlaceOf(payer),
            Payee = new PayeeDetails { Organisation = SampleBills.PayeeOf("GB-CHC", topology, payer) },
            AmountPence = pence,
            NetPence = pence,
            // Each bill another one: none is taken for a duplicate.
            Reference = $"FIRE-{Interlocked.Increment(ref bills)}",
            Evidence = "Illustration: an invented invoice.",
        };
        return new Deed(
            body, OfficerRoles.Preparer, request, options => RestPayment.SendAsync(office.Rest, request, options, time),
            fact => (fact.PaymentMade ?? fact.PaymentPrepared?.Payment)?.AmountPence == pence || fact.PaymentInstructed is not null,
            answer => done?.Invoke((MakePaymentResponse)answer));
    }

    public Deed Refund(string body, string payment, long pence)
    {
        var request = new RefundPaymentRequest { Body = body, CommandId = NewId(), Payment = payment, AmountPence = pence };
        return Deed.Of(body, OfficerRoles.Preparer, request, options => office.Payments.RefundPaymentAsync(request, options), fact => fact.PaymentRefunded?.AmountPence == pence);
    }

    /// <summary>Of all that comes under an award, shares go on under others.</summary>
    public Deed Instruct(string body, string award, IReadOnlyList<(string Award, int PartsPerMillion)> shares, Action<SetStandingInstructionResponse> done)
    {
        var request = new SetStandingInstructionRequest { Body = body, CommandId = NewId(), Award = award, Kind = Kind.Either };
        request.Shares.Add(shares.Select(share => new ShareOfReceipts { Award = share.Award, PartsPerMillion = share.PartsPerMillion }));
        return Deed.Of(
            body, OfficerRoles.Approver, request, options => office.Standing.SetStandingInstructionAsync(request, options),
            fact => fact.StandingInstructionSet is { } set && EntryId.From(set.Award).ToString() == award
                && set.Shares.Select(share => (EntryId.From(share.Award).ToString(), (int)share.PartsPerMillion)).SequenceEqual(shares), done);
    }

    public Deed Resume(string body, string instruction)
    {
        var request = new ResumeStandingInstructionRequest { Body = body, CommandId = NewId(), Instruction = instruction };
        return Deed.Of(
            body, OfficerRoles.Approver, request, options => office.Standing.ResumeStandingInstructionAsync(request, options),
            fact => fact.StandingInstructionResumed is { } resumed && EntryId.From(resumed.Instruction).ToString() == instruction);
    }

    public Deed End(string body, string instruction, Action done)
    {
        var request = new EndStandingInstructionRequest { Body = body, CommandId = NewId(), Instruction = instruction };
        return Deed.Of<EndStandingInstructionResponse>(
            body, OfficerRoles.Approver, request, options => office.Standing.EndStandingInstructionAsync(request, options),
            fact => fact.StandingInstructionEnded is { } ended && EntryId.From(ended.Instruction).ToString() == instruction, _ => done());
    }

    /// <summary>A UUIDv7.</summary>
    public string NewId() => Guid.CreateVersion7(time.GetUtcNow()).ToString();
}
