using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Transfers.V1;

namespace FundingFlows.Local;

/// <summary>How one body funds another: agreement, award, release, arrival.</summary>
internal sealed class Funding(Office office)
{
    /// <summary>Proposes an agreement, has it accepted, and waits until the funder knows.</summary>
    /// <param name="clauses">The basis, and who keeps the recipient's money where it cannot. Null: funding, and the recipient itself.</param>
    public async Task<string> AgreeAsync(string funder, string recipient, CancellationToken cancellation, ProposeAgreementRequest? clauses = null)
    {
        var request = clauses?.Clone() ?? new ProposeAgreementRequest();
        (request.Body, request.CommandId, request.Recipient) = (funder, office.CommandId($"propose {funder} {recipient}"), recipient);
        var proposed = await office.AskAsync(
            funder, OfficerRoles.ChiefFinanceOfficer,
            options => office.Agreements.ProposeAgreementAsync(request, options),
            cancellation);
        var id = proposed.Agreement.Id;
        await office.UntilAsync(
            recipient, options => office.Agreements.GetAgreementAsync(new GetAgreementRequest { Body = recipient, Agreement = id }, options),
            _ => true, $"The proposal of {funder} to {recipient}", cancellation);
        await office.AskAsync(
            recipient, OfficerRoles.ChiefFinanceOfficer,
            options => office.Agreements.AcceptAgreementAsync(
                new AcceptAgreementRequest { Body = recipient, CommandId = office.CommandId($"agree {funder} {recipient}"), Agreement = id }, options),
            cancellation);
        await office.UntilAsync(
            funder, options => office.Agreements.GetAgreementAsync(new GetAgreementRequest { Body = funder, Agreement = id }, options),
            found => found.Agreement.State is AgreementState.Active or AgreementState.Suspended or AgreementState.Ended, $"The agreement of {funder} with {recipient}", cancellation);
        return id;
    }

    /// <summary>Offers an award, has it accepted, and waits until the funder knows. Answers with the award's id.</summary>
    /// <param name="step">Tells this award from others between the same two bodies.</param>
    public async Task<string> AwardAsync(
        string funder, string recipient, string fund, IReadOnlyDictionary<PromisedLine, long> promises, string step, CancellationToken cancellation)
    {
        var request = new OfferAwardRequest { Body = funder, CommandId = office.CommandId($"offer {funder} {recipient} {step}"), Recipient = recipient, Fund = fund };
        request.Promises.AddRange(promises.Select(promise => new Promise
        {
            FinancialYear = PlaceFund.Year,
            Kind = promise.Key.Kind,
            Earmarks = { promise.Key.Earmarks },
            AmountPence = promise.Value,
        }));
        var offered = await office.AskAsync(funder, OfficerRoles.Approver, options => office.Awards.OfferAwardAsync(request, options), cancellation);
        var id = offered.Award.Id;
        await office.UntilAsync(
            recipient, options => office.Awards.GetAwardAsync(new GetAwardRequest { Body = recipient, Award = id }, options),
            _ => true, $"The offer of {funder} to {recipient}", cancellation);
        await office.AskAsync(
            recipient, OfficerRoles.ChiefFinanceOfficer,
            options => office.Awards.AcceptAwardAsync(
                new AcceptAwardRequest { Body = recipient, CommandId = office.CommandId($"accept {funder} {recipient} {step}"), Award = id }, options),
            cancellation);
        await office.UntilAsync(
            funder, options => office.Awards.GetAwardAsync(new GetAwardRequest { Body = funder, Award = id }, options),
            found => found.Award.State == AwardState.Accepted, $"The acceptance of {recipient}", cancellation);
        return id;
    }

    /// <summary>Releases all of a promise. Answers with the transfer, which is then on its way.</summary>
    public async Task<Transfer> ReleaseAsync(string funder, string award, PromisedLine line, long amountPence, CancellationToken cancellation)
    {
        var released = await office.AskAsync(
            funder, OfficerRoles.Approver,
            options => office.Transfers.ReleaseFundsAsync(
                new ReleaseFundsRequest
                {
                    Body = funder,
                    CommandId = office.CommandId($"release {award} {line}"),
                    Award = award,
                    FinancialYear = PlaceFund.Year,
                    Kind = line.Kind,
                    Earmarks = { line.Earmarks },
                    AmountPence = amountPence,
                },
                options),
            cancellation);
        return released.Transfer;
    }

    /// <summary>Waits until the sender knows that a transfer arrived.</summary>
    public Task ArriveAsync(Transfer transfer, CancellationToken cancellation) => office.UntilAsync(
        transfer.Sender, options => office.Transfers.GetTransferAsync(new GetTransferRequest { Body = transfer.Sender, Transfer = transfer.Id }, options),
        found => found.Transfer.State == TransferState.Settled, $"The arrival of {transfer.Id} at {transfer.Receiver}", cancellation);
}
