namespace FundingFlows.Audit;

/// <summary>Answers the public's questions: where did this pound come from, and where did it go?</summary>
public sealed class AuditReader(
    Auditor auditor, Forest forest, BackwardTrace backward, TraceBundles bundles, ForwardTrace forward, Reconciliation reconciliation, KeptJournals kept,
    TurnedAwayAnywhere turnedAway, SecurityRecord own, WhoIsWho whoIsWho, TimeProvider time)
    : AuditService.AuditServiceBase
{
    public override Task<ListBodiesResponse> ListBodies(ListBodiesRequest request, ServerCallContext context)
    {
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 200, most: 1_000);
        fields.ThrowIfAny();
        return Task.FromResult(auditor.Read(view =>
        {
            var inOrder = view.Journals.OrderBy(journal => TierKey(view, journal), StringComparer.Ordinal);
            var (journals, next) = page.Of(inOrder, journal => TierKey(view, journal));
            return new ListBodiesResponse { Bodies = { journals.Select(journal => AuditViews.Of(view, journal)) }, NextPageToken = next };
        }));
    }

    public override Task<GetSettlementBelowResponse> GetSettlementBelow(GetSettlementBelowRequest request, ServerCallContext context)
    {
        var fields = new Fields();
        var body = fields.Body("body", request.Body);
        var fund = fields.Fund("fund", request.Fund);
        fields.ThrowIfAny();
        return Task.FromResult(auditor.Read(view => SettlementBelow.Of(view, body, fund))
            ?? throw Errors.Missing($"{body} does not know a fund {fund}, in what was verified so far.", ("body", body), ("fund", fund)));
    }

    public override Task<ListReportsDueResponse> ListReportsDue(ListReportsDueRequest request, ServerCallContext context)
    {
        var fields = new Fields();
        var on = DueReports.Day(fields, request.On, time);
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 100, most: 1_000);
        fields.ThrowIfAny();
        return Task.FromResult(auditor.Read(view =>
        {
            var owed = view.Federation.All.OrderBy(books => books.Body, StringComparer.Ordinal)
                .SelectMany(books => ReportsDue.Owed(books, on).Where(due => due.IsOverdue || !request.OverdueOnly).Select(due => (Funder: books.Body, Due: due)));
            var (reports, next) = page.Of(owed, one => $"{one.Funder} {DueReports.Key(one.Due)}");
            return new ListReportsDueResponse
            {
                Reports = { reports.Select(one => new AuditedReportDue { Funder = one.Funder, Due = DueReports.View(one.Due) }) },
                NextPageToken = next,
            };
        }));
    }

    public override Task<ListPaymentsResponse> ListPayments(ListPaymentsRequest request, ServerCallContext context)
    {
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 50, most: 200);
        fields.ThrowIfAny();
        return Task.FromResult(auditor.Read(view =>
        {
            var asked = forest.Payments.Where(payment => request.Body.Length == 0 || payment.Value.Body == request.Body);
            var (payments, next) = page.Of(asked, payment => payment.Key);
            return new ListPaymentsResponse
            {
                Payments = { payments.Select(payment => AuditViews.Of(view, view.BooksOf(payment.Value.Body)!.Payments.Find(payment.Value)!)) },
                NextPageToken = next,
            };
        }));
    }

    public override async Task<TracePaymentResponse> TracePayment(TracePaymentRequest request, ServerCallContext context)
    {
        var fields = new Fields();
        var payment = fields.Entry("payment", request.Payment);
        fields.ThrowIfAny();
        return await backward.OfAsync(payment, context.CancellationToken)
            ?? throw Missing(payment);
    }

    public override async Task<GetTraceBundleResponse> GetTraceBundle(GetTraceBundleRequest request, ServerCallContext context)
    {
        var fields = new Fields();
        var payment = fields.Entry("payment", request.Payment);
        fields.ThrowIfAny();
        return await bundles.OfAsync(payment, context.CancellationToken) ?? throw Missing(payment);
    }

    public override Task<TraceForwardResponse> TraceForward(TraceForwardRequest request, ServerCallContext context)
    {
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 100, most: 1_000);
        fields.Check(request.FromCase != TraceForwardRequest.FromOneofCase.None, "from", "must name a source, a fund or a transfer.");
        if (request.FromCase == TraceForwardRequest.FromOneofCase.Transfer)
            fields.Entry("transfer", request.Transfer);
        fields.ThrowIfAny();
        return Task.FromResult(
            forward.Of(request, page) ?? throw Errors.Missing("Nothing of that name is among the entries that were verified so far."));
    }

    public override Task<ReconcileResponse> Reconcile(ReconcileRequest request, ServerCallContext context) => Task.FromResult(reconciliation.Now());

    public override Task<GetSuccessionResponse> GetSuccession(GetSuccessionRequest request, ServerCallContext context)
    {
        var fields = new Fields();
        var body = fields.Body("body", request.Body);
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 100, most: 1_000);
        fields.ThrowIfAny();
        return Task.FromResult(auditor.Read(view =>
            view.BooksOf(body) is { } books && Inventory.Of(view.Federation, books) is { } inventory ? SuccessionViews.Of(view, inventory, page)
            : throw Errors.Missing($"Nobody was ordered to stand in the place of {body}, in what was verified so far.", ("body", body))));
    }

    public override Task<GetCoverageResponse> GetCoverage(GetCoverageRequest request, ServerCallContext context)
    {
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 200, most: 1_000);
        fields.ThrowIfAny();
        return Task.FromResult(auditor.Read(view =>
        {
            var (journals, next) = page.Of(view.Journals.OrderBy(journal => journal.Body, StringComparer.Ordinal), journal => journal.Body);
            return new GetCoverageResponse
            {
                Journals = { journals.Select(AuditViews.CoverageOf) },
                NextPageToken = next,
                NotYetSeen = view.Journals.Aggregate(0UL, (sum, journal) => Math.Min(sum + (ulong)(journal.Known - (journal.Replica?.Books.Size ?? 0)), long.MaxValue)),
            };
        }));
    }

    public override async Task<TellSeenResponse> TellSeen(TellSeenRequest request, ServerCallContext context) =>
        new() { Bodies = { await kept.TellAsync(SeenJournals.Read(request.Bodies), context.CancellationToken) } };

    public override async Task<ReadKeptResponse> ReadKept(ReadKeptRequest request, ServerCallContext context)
    {
        var fields = new Fields();
        var body = fields.Body("body", request.Body);
        var page = fields.Page(request.PageSize, "", otherwise: 200, most: 1_000);
        fields.Check(request.FromIndex <= long.MaxValue, "from_index", "is beyond any journal.");
        fields.ThrowIfAny();
        return await kept.ReadAsync(body, request.Epoch, (long)request.FromIndex, page.Size, context.CancellationToken)
            ?? throw Errors.Missing($"Nothing of such a journal of {body} is kept (yet), or not so much of it.", ("body", body));
    }

    public override async Task<ListSecurityEventsResponse> ListSecurityEvents(ListSecurityEventsRequest request, ServerCallContext context)
    {
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 200, most: 1_000);
        fields.ThrowIfAny();
        var (all, notReached) = await turnedAway.AllAsync(context.CancellationToken);
        var (events, next) = page.Of(all, SecurityRecord.KeyOf);
        return new ListSecurityEventsResponse { Events = { events }, NextPageToken = next, NotReached = { notReached } };
    }

    public override Task<SettleDeadLettersResponse> SettleDeadLetters(SettleDeadLettersRequest request, ServerCallContext context)
    {
        context.Require(whoIsWho.RootBody, Role.Auditor);
        var fields = new Fields();
        fields.Check(request.DeadLetters is >= 1 and <= long.MaxValue, "dead_letters", "must be above 0.");
        fields.ThrowIfAny();
        return own.TrySettle(Contracts.Links.V1.SecurityEventKind.DeadLetter, (long)request.DeadLetters) ? Task.FromResult(new SettleDeadLettersResponse())
            : throw Errors.Of(FailureReason.DeadLettersChanged, $"There are not {request.DeadLetters} dead letters here.", [("dead_letters", $"{own.CountOf(Contracts.Links.V1.SecurityEventKind.DeadLetter)}")]);
    }

    private static RpcException Missing(EntryId payment) =>
        Errors.Missing($"No payment {payment} is among the entries that were verified so far.", ("payment", $"{payment}"));

    private static string TierKey(AuditView view, FollowedJournal journal) => $"{(int)view.TierOf(journal.Body)} {journal.Body}";
}
