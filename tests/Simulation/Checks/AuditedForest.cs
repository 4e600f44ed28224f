using FundingFlows.Audit;
using FundingFlows.Contracts.Audit.V1;

namespace FundingFlows.Simulation;

/// <summary>Compares, when everything is quiet, what the auditor has made of the journals with what the bodies' own books say: to the penny.</summary>
internal sealed class AuditedForest(Oracle oracle, Life audit)
{
    private readonly Forest forest = audit.Get<Forest>();

    public void Check()
    {
        // Where a body tells two histories, it is the auditor's to say so; the books of all others it has as they are.
        if (oracle.Bodies.Values.Any(one => one.IsForked))
        {
            foreach (var one in oracle.Bodies.Keys.Where(body => !oracle.IsCutOff(body)))
                CheckBooks(oracle.Bodies[one].Books);
            return;
        }
        var answer = audit.Get<Reconciliation>().Now();
        foreach (var check in answer.Checks.Where(check => !check.Holds))
            oracle.Breach(Simulation.Check.AuditorHolds, $"The auditor finds: {check.Check}: {string.Join(" ", check.Findings)}");
        if (!answer.Complete)
            oracle.Breach(Simulation.Check.AuditorHolds, "The auditor does not say that what it has is complete.");
        var own = oracle.Bodies.Values.Select(one => one.Books).ToList();
        foreach (var books in own)
            CheckBooks(books);
        var lots = own.SelectMany(books => books.Lots.All).ToList();
        var roots = lots.Where(lot => lot.Parent is null).Select(lot => lot.Id).ToHashSet();
        if (!roots.SetEquals(forest.Roots) || forest.Roots.Count != roots.Count)
            Differs("roots", "lots");
        foreach (var fund in lots.GroupBy(lot => lot.Origin.Fund))
            CheckTrace(fund.Key, [.. fund]);
        if (!forest.Payments.Values.Order().SequenceEqual(own.SelectMany(books => books.Payments.All).Select(payment => payment.Id).Order()))
            Differs("payments", "payments");
    }

    /// <summary>Each lot and payment of a body as the auditor has it.</summary>
    private void CheckBooks(Books own)
    {
        if (audit.Get<FollowedJournals>().Find(own.Body, replica => replica.Books) is not { } audited || audited.Lots.All.Count != own.Lots.All.Count)
            Differs("number of lots", own.Body);
        else
        {
            foreach (var lot in own.Lots.All)
                if (audited.Lots.Find(lot.Id) is not { } other || !Figures(lot).Equals(Figures(other)))
                    Differs($"lot {lot.Id}", own.Body);
            foreach (var payment in own.Payments.All)
                if (audited.Payments.Find(payment.Id) is not { } other || Figures(payment) != Figures(other) || !Pieces(payment).SequenceEqual(Pieces(other)))
                    Differs($"payment {payment.Id}", own.Body);
        }
    }

    /// <summary>What the auditor answers when it is asked what became of a fund's money.</summary>
    private void CheckTrace(string fund, IReadOnlyList<Lot> lots)
    {
        var expected = lots.Select(lot => (Id: $"{lot.Id}", Parent: $"{lot.Parent}", Body: lot.Id.Entry.Body, lot.AmountPence, lot.RemainingPence)).ToList();
        var own = lots.Select(lot => lot.Id).ToHashSet();
        foreach (var payment in lots.Select(lot => lot.Id.Entry.Body).Distinct().SelectMany(body => oracle.Bodies[body].Books.Payments.All))
            foreach (var pieces in payment.Pieces.Where(piece => own.Contains(piece.Lot)).GroupBy(piece => piece.Lot))
                expected.Add(($"{payment.Id}", $"{pieces.Key}", payment.Id.Body, pieces.Sum(piece => piece.AmountPence - piece.RefundedPence), 0));
        var trace = audit.Get<ForwardTrace>().Of(new TraceForwardRequest { Fund = fund }, new Page("", int.MaxValue - 1, null));
        var answered = trace?.Nodes.Select(node => (node.Id, node.Parent, node.Body, node.AmountPence, node.RemainingPence)) ?? [];
        if (!answered.Order().SequenceEqual(expected.Order()))
            Differs($"trace of {fund}", "lots and payments");
    }

    private void Differs(string what, string whose) => oracle.Breach(Simulation.Check.ForestMatches, $"The auditor has another {what} than the books say: {whose}.");

    private static object Figures(Lot lot) => (
        lot.Parent, lot.AmountPence, lot.RemainingPence, lot.HeldPence, lot.SurrenderedPence, lot.Line, lot.TermsVersion, lot.Origin, (lot.Award, lot.FunderLot, lot.ClosedThrough));

    private static (long, long, Kind, int) Figures(Payment payment) => (payment.AmountPence, payment.RefundedPence, payment.Made.Kind, payment.Made.FinancialYear);

    private static IEnumerable<(EntryId, LotId, long, long)> Pieces(Payment payment) => payment.Pieces.Select(piece => (piece.PaidBy, piece.Lot, piece.AmountPence, piece.RefundedPence));
}
