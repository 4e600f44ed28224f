namespace FundingFlows.Audit;

/// <summary>Every invariant of money, every transfer piece by piece, and the checks that only an auditor can make.</summary>
public sealed class Reconciliation(
    Auditor auditor, Forest forest, Quotes quotes, ReportChecks reports, AgencyChecks agencies, YearEndChecks yearEnds, StandingChecks standing, AllocationChecks allocations, ReleaseChecks releases, PayeeChecks payees, TimeProvider time)
{
    private const int MostFindings = 100;
    private const int MostInTransit = 100;

    public ReconcileResponse Now() => auditor.Read(view =>
    {
        var answer = new ReconcileResponse();
        foreach (var result in view.Federation.Check())
            answer.Checks.Add(Result((Check)result.Invariant, result.Examined, result.Findings));
        var (reportsSeen, wrongReports) = reports.Check(view);
        answer.Checks.Add(Result(Check.ReportsRecomputed, reportsSeen, wrongReports));
        var (quotesSeen, falseQuotes) = quotes.Check(view);
        answer.Checks.Add(Result(Check.QuotesMatch, quotesSeen, falseQuotes));
        answer.Checks.Add(Result(Check.JournalsVerified, view.Journals.Count, [.. view.Replicas.Where(replica => replica.Quarantined is not null).Select(replica => replica.Quarantined!)]));
        var inventories = view.Federation.All.Select(books => Inventory.Of(view.Federation, books)).OfType<Inventory>().ToList();
        answer.Checks.Add(Result(
            Check.SuccessionsWhole, view.Federation.All.Count + inventories.Sum(inventory => inventory.Lots.Count + inventory.Things.Count), [.. inventories.SelectMany(inventory => inventory.Findings())]));
        var (agreementsSeen, circles) = Circles.Check(view.Federation);
        answer.Checks.Add(Result(Check.NoCircles, agreementsSeen, circles));
        var (paymentsSeen, unlikeInstructed) = agencies.Check(view);
        answer.Checks.Add(Result(Check.PaidAsInstructed, paymentsSeen, unlikeInstructed));
        var (usesSeen, lateOrKept) = yearEnds.Check(view);
        answer.Checks.Add(Result(Check.YearEndsKept, usesSeen, lateOrKept));
        var (payeesSeen, bodiesPaid) = payees.Check(view);
        answer.Checks.Add(Result(Check.NoBodyPaid, payeesSeen, bodiesPaid));
        var (voidSeen, unsettled) = quotes.CheckVoid(view);
        answer.Checks.Add(Result(Check.NothingLost, voidSeen, unsettled));
        answer.Checks.Add(Result(Check.PassedOnAsInstructed, standing.Found.Examined, standing.Found.Findings));
        answer.Checks.Add(Result(Check.AwardedAsAllocated, allocations.Found.Examined, allocations.Found.Findings));
        answer.Checks.Add(Result(Check.ReportedBeforeRelease, releases.Found.Examined, releases.Found.Findings));
        Add(answer, view);
        var moving = InTransit(view).OrderBy(transfer => transfer.SentAt).ToList();
        answer.InTransit.AddRange(moving.Take(MostInTransit));
        answer.Reconciled = answer.Checks.All(check => check.Holds);
        answer.Complete = moving.Count == 0 && view.Journals.All(journal =>
            journal.Replica is { Checkpoint.Length: > 0 } replica && replica.Books.Size == journal.Known);
        return answer;
    });

    private static CheckResult Result(Check check, long examined, IReadOnlyList<string> findings) => new()
    {
        Check = check,
        Examined = examined,
        Holds = findings.Count == 0,
        Findings = { findings.Take(MostFindings) },
    };

    private void Add(ReconcileResponse answer, AuditView view)
    {
        foreach (var books in view.Federation.All)
        {
            answer.Bodies++;
            answer.Entries += books.Size;
            answer.IssuedPence += books.Accounts.Total[Account.Issued];
            answer.HeldPence += books.Accounts.Total[Account.Cash];
            answer.SpentPence += books.Accounts.Total[Account.Spent];
            answer.SurrenderedPence += books.Accounts.Total[Account.Surrendered];
            answer.Lots += books.Lots.All.Count;
            answer.Transfers += books.Transfers.Sent.Count;
            answer.Reports += books.Reports.Submitted.Count;
        }
        answer.Payments = forest.Payments.Count;
        answer.InTransitPence = view.Federation.All.SelectMany(books => books.Transfers.Sent)
            .Where(transfer => !IsReceived(view, transfer) && transfer.State != TransferStage.Reversed)
            .SelectMany(transfer => transfer.Pieces).Sum(piece => piece.AmountPence);
    }

    /// <summary>What is on its way: sent and not received, or received and its sender (or who audits) has not heard of that yet.</summary>
    private IEnumerable<InTransit> InTransit(AuditView view)
    {
        var now = time.GetUtcNow();
        foreach (var books in view.Federation.All)
            foreach (var unheard in books.Transfers.Received.Where(received => !view.Federation.HasSeen(received.Id) && !view.Federation.IsVoid(received.Id)))
                yield return new InTransit
                {
                    Transfer = unheard.Id.ToString(),
                    Sender = unheard.Id.Body,
                    Receiver = books.Body,
                    Purpose = unheard.Purpose,
                    AmountPence = unheard.Lots.Sum(lot => books.Lots.Find(lot)!.AmountPence),
                    Received = true,
                };
        foreach (var transfer in view.Federation.All.SelectMany(books => books.Transfers.Sent))
        {
            var received = IsReceived(view, transfer);
            if (transfer.State == TransferStage.Reversed || (transfer.State == TransferStage.Settled && received))
                continue;
            yield return new InTransit
            {
                Transfer = transfer.Id.ToString(),
                Sender = transfer.Id.Body,
                Receiver = transfer.Receiver,
                Purpose = transfer.Purpose,
                AmountPence = transfer.AmountPence,
                SentAt = transfer.SentAt,
                AgeSeconds = (long)(now - transfer.SentAt.ToDateTimeOffset()).TotalSeconds,
                Received = received,
            };
        }
    }

    private static bool IsReceived(AuditView view, Transfer transfer) =>
        view.BooksOf(transfer.Receiver)?.Transfers.FindReceived(transfer.Id) is not null;
}
