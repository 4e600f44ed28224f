using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Programmes.V1;
using FundingFlows.Contracts.Transfers.V1;
using Date = Google.Type.Date;

namespace FundingFlows.Local;

/// <summary>An award that is to be made.</summary>
/// <param name="Step">Tells it from others between the same two bodies.</param>
/// <param name="Year">The financial year of all that it promises.</param>
internal sealed record Offer(string Funder, string Recipient, string Fund, IReadOnlyDictionary<PromisedLine, long> Promises, string Step, int Year = PlaceFund.Year);

/// <summary>
/// How one body funds another: agreement, award, release, arrival. Of many at once each step is taken for all before the next, so that
/// what is waited for has mostly come.
/// </summary>
internal sealed class Funding(Office office)
{
    /// <summary>A body opens a fund and issues money in it.</summary>
    public async Task IssueAsync(OpenFundRequest fund, string step, SourceKind kind, string reference, long amountPence, CancellationToken cancellation)
    {
        await office.AskAsync(fund.Body, OfficerRoles.ChiefFinanceOfficer, options => office.Programmes.OpenFundAsync(fund, options), cancellation);
        var issue = new IssueMoneyRequest
        {
            Body = fund.Body,
            CommandId = office.CommandId(step),
            Fund = $"{fund.Body}.{fund.Name}",
            Source = new Source { Kind = kind, Reference = reference },
            AmountPence = amountPence,
        };
        await office.AskAsync(fund.Body, OfficerRoles.ChiefFinanceOfficer, options => office.Programmes.IssueMoneyAsync(issue, options), cancellation);
    }

    /// <summary>Proposes an agreement, has it accepted, and waits until the funder knows.</summary>
    public async Task<string> AgreeAsync(string funder, string recipient, CancellationToken cancellation, AgreementBasis basis = AgreementBasis.Unspecified) =>
        (await AgreeAsync([new ProposeAgreementRequest { Body = funder, Recipient = recipient, Basis = basis }], cancellation))[0];

    /// <summary>The same for many. Answers with the agreements' ids.</summary>
    /// <param name="proposals">Without ids of commands.</param>
    public async Task<IReadOnlyList<string>> AgreeAsync(IReadOnlyList<ProposeAgreementRequest> proposals, CancellationToken cancellation)
    {
        var proposed = await Chapters.AllAsync(proposals, ProposeAsync, cancellation);
        await Chapters.ForEachAsync(proposed, AcceptAsync, cancellation);
        await Chapters.ForEachAsync(proposed, KnowAsync, cancellation);
        return [.. proposed.Select(agreement => agreement.Id)];
    }

    /// <summary>Offers an award, has it accepted, and waits until the funder knows. Answers with the award's id.</summary>
    public async Task<string> AwardAsync(Offer offer, CancellationToken cancellation) => (await AwardAsync([offer], cancellation))[0];

    /// <summary>The same for many. Answers with the awards' ids.</summary>
    public async Task<IReadOnlyList<string>> AwardAsync(IReadOnlyList<Offer> offers, CancellationToken cancellation)
    {
        var offered = await Chapters.AllAsync(offers, OfferAsync, cancellation);
        var pairs = offers.Zip(offered).ToList();
        await Chapters.ForEachAsync(pairs, (pair, stop) => AcceptAsync(pair.First, pair.Second, stop), cancellation);
        await Chapters.ForEachAsync(pairs, (pair, stop) => KnowAsync(pair.First, pair.Second, stop), cancellation);
        return offered;
    }

    /// <summary>Has awards that were offered accepted, and waits until their funders know.</summary>
    public async Task AcceptAsync(IReadOnlyList<(string Funder, string Recipient, string Award)> offered, CancellationToken cancellation)
    {
        var offers = offered.Select(one => (Offer: new Offer(one.Funder, one.Recipient, "", new Dictionary<PromisedLine, long>(), one.Award), one.Award)).ToList();
        await Chapters.ForEachAsync(offers, (offer, stop) => AcceptAsync(offer.Offer, offer.Award, stop), cancellation);
        await Chapters.ForEachAsync(offers, (offer, stop) => KnowAsync(offer.Offer, offer.Award, stop), cancellation);
    }

    /// <summary>Releases all of a promise. Answers with the transfer, which is then on its way.</summary>
    public async Task<Transfer> ReleaseAsync(
        string funder, string award, PromisedLine line, long amountPence, CancellationToken cancellation, int year = PlaceFund.Year, Date? on = null)
    {
        var released = await office.AskAsync(
            funder, OfficerRoles.Approver,
            options => office.Transfers.ReleaseFundsAsync(
                new ReleaseFundsRequest
                {
                    Body = funder,
                    CommandId = office.CommandId($"release {award} {line}"),
                    Award = award,
                    FinancialYear = year,
                    Kind = line.Kind,
                    Earmarks = { line.Earmarks },
                    AmountPence = amountPence,
                    ReleasedOn = on,
                },
                options),
            cancellation);
        return released.Transfer;
    }

    /// <summary>Waits until the sender knows that a transfer arrived.</summary>
    public Task ArriveAsync(Transfer transfer, CancellationToken cancellation) => office.UntilAsync(
        transfer.Sender, options => office.Transfers.GetTransferAsync(new GetTransferRequest { Body = transfer.Sender, Transfer = transfer.Id }, options),
        found => found.Transfer.State == TransferState.Settled, $"The arrival of {transfer.Id} at {transfer.Receiver}", cancellation);

    private async Task<Agreement> ProposeAsync(ProposeAgreementRequest proposal, CancellationToken cancellation)
    {
        var request = proposal.Clone();
        request.CommandId = office.CommandId($"propose {request.Body} {request.Recipient}");
        return (await office.AskAsync(request.Body, OfficerRoles.ChiefFinanceOfficer, options => office.Agreements.ProposeAgreementAsync(request, options), cancellation)).Agreement;
    }

    private Task AcceptAsync(Agreement agreement, CancellationToken cancellation) => office.AskWhenItComesAsync(
        agreement.Recipient, OfficerRoles.ChiefFinanceOfficer,
        options => office.Agreements.AcceptAgreementAsync(
            new AcceptAgreementRequest { Body = agreement.Recipient, CommandId = office.CommandId($"agree {agreement.Funder} {agreement.Recipient}"), Agreement = agreement.Id }, options),
        $"The proposal of {agreement.Funder} to {agreement.Recipient}", cancellation);

    private Task KnowAsync(Agreement agreement, CancellationToken cancellation) => office.UntilAsync(
        agreement.Funder, options => office.Agreements.GetAgreementAsync(new GetAgreementRequest { Body = agreement.Funder, Agreement = agreement.Id }, options),
        found => found.Agreement.State is AgreementState.Active or AgreementState.Suspended or AgreementState.Ended,
        $"The agreement of {agreement.Funder} with {agreement.Recipient}", cancellation);

    /// <summary>Offers an award. Answers with its id.</summary>
    public async Task<string> OfferAsync(Offer offer, CancellationToken cancellation)
    {
        var request = new OfferAwardRequest
        {
            Body = offer.Funder,
            CommandId = office.CommandId($"offer {offer.Funder} {offer.Recipient} {offer.Step}"),
            Recipient = offer.Recipient,
            Fund = offer.Fund,
        };
        request.Promises.AddRange(offer.Promises.Select(promise => new Promise
        {
            FinancialYear = offer.Year,
            Kind = promise.Key.Kind,
            Earmarks = { promise.Key.Earmarks },
            AmountPence = promise.Value,
        }));
        return (await office.AskAsync(offer.Funder, OfficerRoles.Approver, options => office.Awards.OfferAwardAsync(request, options), cancellation)).Award.Id;
    }

    private Task AcceptAsync(Offer offer, string award, CancellationToken cancellation) => office.AskWhenItComesAsync(
        offer.Recipient, OfficerRoles.ChiefFinanceOfficer,
        options => office.Awards.AcceptAwardAsync(
            new AcceptAwardRequest { Body = offer.Recipient, CommandId = office.CommandId($"accept {offer.Funder} {offer.Recipient} {offer.Step}"), Award = award }, options),
        $"The offer of {offer.Funder} to {offer.Recipient}", cancellation);

    private Task KnowAsync(Offer offer, string award, CancellationToken cancellation) => office.UntilAsync(
        offer.Funder, options => office.Awards.GetAwardAsync(new GetAwardRequest { Body = offer.Funder, Award = award }, options),
        found => found.Award.State == AwardState.Accepted, $"The acceptance of {offer.Recipient}", cancellation);
}
