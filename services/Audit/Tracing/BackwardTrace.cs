namespace FundingFlows.Audit;

/// <summary>A payment back to its source. A lot has one parent, so the way of each piece is one path, exact to the penny.</summary>
public sealed class BackwardTrace(Auditor auditor, Forest forest, Proofs proofs)
{
    private const int MostPaths = 256;

    /// <summary>Null: no such payment is among what was verified so far.</summary>
    public async Task<TracePaymentResponse?> OfAsync(EntryId id, CancellationToken cancellation)
    {
        var trace = auditor.Read(view =>
        {
            if (view.BooksOf(id.Body)?.Payments.Find(id) is not { } payment)
                return null;
            var answer = new TracePaymentResponse { Payment = AuditViews.Of(view, payment) };
            foreach (var piece in payment.Pieces.Take(MostPaths))
                answer.Paths.Add(PathOf(view, piece));
            answer.PathsLeftOut = payment.Pieces.Count - answer.Paths.Count;
            answer.Agency = AgencyOf(view, payment);
            return answer;
        });
        if (trace is null)
            return null;
        IReadOnlyList<TraceStep> steps = [.. trace.Paths.SelectMany(path => path.Steps), .. new[] { trace.Agency?.Decided, trace.Agency?.Paid }.OfType<TraceStep>()];
        foreach (var step in steps)
            await proofs.CheckAsync(step, cancellation);
        trace.Holds = steps.All(step => step.Holds);
        return trace;
    }

    /// <summary>Who decided and who paid. Null: the body did both.</summary>
    private static Agency? AgencyOf(AuditView view, Payment payment)
    {
        if (payment.Made is not { Instruction: { } instruction, Delivery.Entry: { } entry })
            return null;
        var (lot, executed) = (view.Federation.Find(payment.Pieces[0].Lot)!, EntryId.From(entry));
        return new Agency
        {
            Decided = Step(view, StepKind.Instructed, EntryId.From(instruction), lot, payment.AmountPence),
            Paid = view.Federation.HasSeen(executed) ? Step(view, StepKind.Executed, executed, lot, payment.AmountPence) : null,
        };
    }

    private TracePath PathOf(AuditView view, PaidPiece piece)
    {
        var steps = new List<TraceStep>();
        var lot = view.Federation.Find(piece.Lot)!;
        steps.Add(Step(view, StepKind.Paid, piece.PaidBy, lot, piece.AmountPence));
        var seen = new HashSet<LotId>();
        for (var at = lot; ; at = view.Federation.Find(at.Parent!.Value)!)
        {
            steps.Add(Step(view, KindOf(view, at), at.Id.Entry, at, piece.AmountPence));
            // A parent that is not seen yet ends the path; the step before it still proves what is known. So does one that
            // was here before: no lot comes from itself, and a journal that says so must not be walked for ever.
            if (at.Parent is not { } parent || view.Federation.Find(parent) is not { } sent || !seen.Add(parent))
                break;
            if (forest.SentBy(view, at) is { } entry)
                steps.Add(Step(view, StepKind.Sent, entry, sent, piece.AmountPence));
        }
        steps.Reverse();
        return new TracePath
        {
            AmountPence = piece.AmountPence,
            Source = lot.Origin.Source.ToSource(),
            OriginFund = lot.Origin.Fund,
            Steps = { steps },
        };
    }

    private static StepKind KindOf(AuditView view, Lot lot) =>
        lot.Parent is not { } parent ? StepKind.Issued
        : parent.Entry.Body != lot.Id.Entry.Body ? StepKind.Received
        : view.Federation.Find(parent) is { } there && there.Line.Fund != lot.Line.Fund ? StepKind.Relabelled
        : StepKind.Reversed;

    private static TraceStep Step(AuditView view, StepKind kind, EntryId entry, Lot lot, long amountPence) => new()
    {
        Kind = kind,
        Body = entry.Body,
        OfficialName = view.NameOf(entry.Body),
        Tier = view.TierOf(entry.Body),
        Entry = entry.ToString(),
        Lot = lot.Id.ToString(),
        AmountPence = amountPence,
        LotAmountPence = lot.AmountPence,
        Line = lot.Line.ToLine(),
        Proof = Proofs.Of(view.Find(entry.Body)!, entry.Index),
    };
}
