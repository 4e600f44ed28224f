namespace FundingFlows.Audit;

/// <summary>All that became of some money: the subtrees of its lots, and where each penny of them is now.</summary>
public sealed class ForwardTrace(Auditor auditor, Forest forest)
{
    /// <summary>Where to start: some lots, or pieces that are still on their way.</summary>
    private sealed record Start(IReadOnlyList<LotId> Lots, IReadOnlyList<(string Sender, long AmountPence)> OnTheirWay);

    /// <summary>Null: nothing of that name is among what was verified so far.</summary>
    public TraceForwardResponse? Of(TraceForwardRequest request, Page page) => auditor.Read(view =>
    {
        if (StartOf(view, request) is not { } start)
            return null;
        var shares = new Shares(view);
        var nodes = Walk(view, start, shares);
        var (shown, next) = page.Of(nodes.OrderBy(Key, StringComparer.Ordinal), Key);
        return new TraceForwardResponse { AmountPence = shares.TotalPence, Shares = { shares.All() }, Nodes = { shown }, NextPageToken = next };
    });

    private Start? StartOf(AuditView view, TraceForwardRequest request)
    {
        if (request.FromCase == TraceForwardRequest.FromOneofCase.Transfer)
            return EntryId.TryParse(request.Transfer, out var transfer) ? OfTransfer(view, transfer) : null;
        var lots = forest.Roots.Where(id => view.Federation.Find(id) is { } lot && (request.FromCase == TraceForwardRequest.FromOneofCase.Fund
            ? lot.Origin.Fund == request.Fund
            : SourceNames.Of(id.Entry.Body, lot.Origin.Source) == request.Source)).ToList();
        return lots.Count == 0 ? null : new Start(lots, []);
    }

    private static Start? OfTransfer(AuditView view, EntryId id)
    {
        if (view.BooksOf(id.Body)?.Transfers.Find(id) is not { } transfer)
            return null;
        if (view.BooksOf(transfer.Receiver)?.Transfers.FindReceived(id) is { } received)
            return new Start(received.Lots, []);
        if (transfer.State == TransferStage.InTransit || transfer.State == TransferStage.Settled)
            return new Start([], [(id.Body, transfer.AmountPence)]);
        // Reversed: it went nowhere, and its money is traced from the lots that it was drawn from.
        return new Start([], []);
    }

    /// <summary>Nearest first, and always at the same place: what comes to be between two pages moves nothing.</summary>
    private static string Key(ForwardNode node) => $"{node.Depth:D9} {node.Id} {(node.IsPayment ? node.Parent : "")}";

    /// <summary>Every lot and payment below the start; what is where is added to the shares.</summary>
    private List<ForwardNode> Walk(AuditView view, Start start, Shares shares)
    {
        foreach (var (sender, amount) in start.OnTheirWay)
            shares.Of(sender).InTransitPence += amount;
        var onTheirWay = OnTheirWay(view);
        var nodes = new List<ForwardNode>();
        var next = new Queue<(LotId Lot, int Depth)>(start.Lots.Select(lot => (lot, 0)));
        var seen = new HashSet<LotId>();
        while (next.TryDequeue(out var at))
        {
            // No lot comes from itself; a journal that says so must not be walked for ever.
            if (!seen.Add(at.Lot))
                continue;
            var lot = view.Federation.Find(at.Lot)!;
            var share = shares.Of(at.Lot.Entry.Body);
            share.HeldPence += lot.RemainingPence;
            share.SurrenderedPence += lot.SurrenderedPence;
            share.InTransitPence += onTheirWay.GetValueOrDefault(lot.Id);
            nodes.Add(new ForwardNode
            {
                Id = lot.Id.ToString(),
                Parent = lot.Parent?.ToString() ?? "",
                Body = at.Lot.Entry.Body,
                AmountPence = lot.AmountPence,
                RemainingPence = lot.RemainingPence,
                Depth = at.Depth,
                Fund = lot.Line.Fund,
            });
            AddPayments(view, lot, at.Depth + 1, nodes, share);
            foreach (var child in forest.ChildrenOf(lot.Id).Where(child => IsSeen(view, child)))
                next.Enqueue((child, at.Depth + 1));
        }
        return nodes;
    }

    private void AddPayments(AuditView view, Lot lot, int depth, List<ForwardNode> nodes, ForwardShare share)
    {
        foreach (var id in forest.PaymentsFrom(lot.Id))
        {
            // A successor has taken it over: it is met again below a child of this lot.
            if (forest.ChildrenOf(lot.Id).Any(child => child != lot.Id && IsSeen(view, child) && forest.PaymentsFrom(child).Contains(id)))
                continue;
            var net = view.BooksOf(lot.Id.Entry.Body)!.Payments.Find(id)!.Pieces.Where(piece => piece.Lot == lot.Id).Sum(piece => piece.AmountPence - piece.RefundedPence);
            share.SpentPence += net;
            nodes.Add(new ForwardNode
            {
                Id = id.ToString(),
                Parent = lot.Id.ToString(),
                Body = lot.Id.Entry.Body,
                AmountPence = net,
                IsPayment = true,
                Depth = depth,
                Fund = lot.Line.Fund,
            });
        }
    }

    /// <summary>What was sent from each lot and is not recorded as received, nor has come back.</summary>
    private static Dictionary<LotId, long> OnTheirWay(AuditView view) => view.Federation.All
        .SelectMany(books => books.Transfers.Sent)
        .Where(transfer => transfer.State != TransferStage.Reversed && view.BooksOf(transfer.Receiver)?.Transfers.FindReceived(transfer.Id) is null)
        .SelectMany(transfer => transfer.Pieces)
        .GroupBy(piece => piece.Lot)
        .ToDictionary(pieces => pieces.Key, pieces => pieces.Sum(piece => piece.AmountPence));

    /// <summary>A lot whose sending is not seen yet still counts where it was sent from.</summary>
    private bool IsSeen(AuditView view, LotId lot) => forest.ReceivedBy(lot.Entry) is not { } transfer || view.Federation.HasSeen(transfer);

    private sealed class Shares(AuditView view)
    {
        private readonly Dictionary<string, ForwardShare> byBody = [];

        public long TotalPence => byBody.Values.Sum(share => share.HeldPence + share.InTransitPence + share.SpentPence + share.SurrenderedPence);

        public ForwardShare Of(string body)
        {
            if (!byBody.TryGetValue(body, out var share))
                byBody.Add(body, share = new ForwardShare { Body = body, OfficialName = view.NameOf(body), Tier = view.TierOf(body) });
            return share;
        }

        public IEnumerable<ForwardShare> All() => view.InOrder(byBody.Keys).Select(body => byBody[body]);
    }
}
