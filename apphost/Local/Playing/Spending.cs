using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Ledger.V1;
using FundingFlows.Contracts.Payments.V1;
using FundingFlows.Contracts.Transfers.V1;

namespace FundingFlows.Local;

/// <summary>Payments, one refund and one repayment of underspend. Payees and payments are invented.</summary>
internal sealed class Spending(Topology topology, Office office)
{
    private readonly Funding funding = new(office);
    private readonly Approving approving = new(topology, office);

    private string Place => $"{topology.Root.Id}.{PlaceFund.Name}";

    /// <summary>Every body that holds money pays some of it out. Answers with a forum's payment, to be followed.</summary>
    public async Task<string> PlayAsync(CancellationToken cancellation)
    {
        var followed = new SortedDictionary<string, Payment>(StringComparer.Ordinal);
        await Chapters.ForEachAsync(topology.Bodies.Where(body => body.Tier >= Tier.Council), async (body, stop) =>
        {
            var lines = await HeldAsync(body.Id, stop);
            var paid = await approving.PayAsync(body.Id, [.. SampleBills.Of(topology, body, lines)], stop);
            if (paid.Count == 0)
                return;
            lock (followed)
                followed.Add(body.Tier == Tier.NeighbourhoodForum ? body.Id : "~" + body.Id, paid[0]);
        }, cancellation);
        if (followed.Count == 0)
            throw new LocalException("Nobody in this topology has anything to spend: it needs councils or forums that are funded.");
        var (payer, payment) = followed.First();
        await office.PlayProjectAsync(payer.TrimStart('~'), payment.Project, cancellation);
        await approving.PayTwiceAsync(payer.TrimStart('~'), payment, cancellation);
        await RefundAsync(payer.TrimStart('~'), payment, cancellation);
        await RepayAsync(cancellation);
        return payment.Id;
    }

    /// <summary>What a body received, by fund line. What it has spent since does not change the bills of the sample.</summary>
    private async Task<IReadOnlyDictionary<(string Fund, PromisedLine Line), long>> HeldAsync(string body, CancellationToken cancellation)
    {
        var accounts = await office.ReadAsync(body, options => office.Ledger.ListAccountsAsync(new ListAccountsRequest { Body = body }, options), cancellation);
        return accounts.Lines.Where(line => line.Accounts.ReceivedPence > 0).ToDictionary(
            line => (line.Line.Fund, SampleBills.LineOf(line.Line)), line => line.Accounts.ReceivedPence - line.Accounts.GrantedPence - line.Accounts.InTransitPence);
    }

    private Task RefundAsync(string body, Payment payment, CancellationToken cancellation) => office.AskAsync(
        body, OfficerRoles.Preparer,
        options => office.Payments.RefundPaymentAsync(
            new RefundPaymentRequest
            {
                Body = body,
                CommandId = office.CommandId($"refund {payment.Id}"),
                Payment = payment.Id,
                AmountPence = Math.Min(SampleBills.RefundPence, payment.AmountPence),
                Narrative = "Illustration: some of the materials went back to the shop.",
            },
            options),
        cancellation);

    /// <summary>A council without forums sends back what only forums may spend.</summary>
    private async Task RepayAsync(CancellationToken cancellation)
    {
        var council = topology.OfTier(Tier.Council).FirstOrDefault(body => body.FundedBy.Count > 0 && !topology.FundedFrom(body.Id).Any());
        if (council is null)
            return;
        var awards = await office.ReadAsync(council.Id, options => office.Awards.ListAwardsAsync(new ListAwardsRequest { Body = council.Id }, options), cancellation);
        var award = awards.Awards.FirstOrDefault(award => award.Terms.Fund == Place && award.Recipient == council.Id);
        if (award is null)
            return;
        var line = PlaceFund.Neighbourhood;
        var promised = award.Promises.First(one => one.Promise.Kind == line.Kind && one.Promise.Earmarks.SequenceEqual(line.Earmarks));
        var repaid = await office.AskAsync(
            council.Id, OfficerRoles.Approver,
            options => office.Transfers.RepayUnderspendAsync(
                new RepayUnderspendRequest
                {
                    Body = council.Id,
                    CommandId = office.CommandId($"repay {award.Id}"),
                    Award = award.Id,
                    Kind = line.Kind,
                    Earmarks = { line.Earmarks },
                    AmountPence = promised.Promise.AmountPence,
                },
                options),
            cancellation);
        await funding.ArriveAsync(repaid.Transfer, cancellation);
    }
}
