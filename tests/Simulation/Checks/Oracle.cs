using FundingFlows.Contracts.Peer.V1;

namespace FundingFlows.Simulation;

/// <summary>
/// Knows all that is durable anywhere, and judges: after every append the invariants of money, and of every message whether what it says was durable
/// before it left.
/// </summary>
internal sealed class Oracle
{
    public const string Deliver = "/fundingflows.peer.v1.PeerService/Deliver";
    private const string TellDelivered = "/fundingflows.peer.v1.PeerService/TellDelivered";
    private const string TellSeen = "/fundingflows.peer.v1.PeerService/TellSeen";
    private const string AuditTellsSeen = "/fundingflows.audit.v1.AuditService/TellSeen";
    private const string Follow = "/fundingflows.journal.v1.JournalService/FollowJournal";
    private const string Read = "/fundingflows.journal.v1.JournalService/ReadJournal";
    private readonly Town town;
    private readonly List<Breach> breaches = [];
    private readonly List<(string Body, long Index, byte[] LeafHash)> acknowledged = [];

    public Oracle(Town town)
    {
        this.town = town;
        foreach (var place in town.Places.Values.Where(place => !place.IsAudit))
            foreach (var body in place.Bodies)
            {
                var observed = new Observed(body);
                if (place.Disk.Journals.TryGetValue(new JournalKey(body, 1), out var stored))
                    stored.Entries.ForEach(entry => observed.Take(StoredJournal.BytesOf(entry)));
                Bodies.Add(body, observed);
            }
    }

    public Dictionary<string, Observed> Bodies { get; } = [];

    /// <summary>What is wrong. Empty: nothing.</summary>
    public IReadOnlyList<Breach> Breaches => breaches;

    public void Breach(Check check, string sentence) => Breach(new Breach(check, sentence));

    public void Breach(Breach breach)
    {
        town.History.Add($"BREACH of {breach.Check}: {breach}");
        breaches.Add(breach);
    }

    /// <summary>Entries have become durable on the disk of an instance.</summary>
    public void Stored(Place place, JournalAppend append)
    {
        town.History.Count(append.Root);
        if (place.IsAudit)
        {
            Copied(append);
            return;
        }
        var observed = Bodies[append.Lease.Journal.Body];
        for (var i = 0; i < append.Entries.Count; i++)
            Stored(observed, append.ExpectedIndex + i, StoredJournal.BytesOf(append.Entries[i]));
        if (observed.Behind() is { } left)
            Breach(Check.SharesOnce, left);
        if (!observed.Tree.Root(append.ExpectedIndex + append.Entries.Count).AsSpan().SequenceEqual(append.Root))
            Breach(Check.EntriesFit, $"{observed.Body} stored a root with its entries that is not theirs.");
        Find();
    }

    /// <summary>A request leaves an instance: all that it says of journals must be durable.</summary>
    public void Asks(string method, byte[] request)
    {
        if (method == Deliver)
            Carried(DeliverRequest.Parser.ParseFrom(request).Signed);
    }

    /// <summary>An answer, or a part of one, leaves an instance: the same.</summary>
    public void Answers(Place place, string method, byte[] request, byte[] response)
    {
        if (method == Deliver)
            Carried(DeliverResponse.Parser.ParseFrom(response).Signed);
        else if (method == Follow)
            Shown(place, FollowJournalRequest.Parser.ParseFrom(request).Body, FollowJournalResponse.Parser.ParseFrom(response).Page);
        else if (method == Read)
            Shown(place, ReadJournalRequest.Parser.ParseFrom(request).Body, ReadJournalResponse.Parser.ParseFrom(response).Page);
        else if (method == TellDelivered)
            Delivered(TellDeliveredRequest.Parser.ParseFrom(request), TellDeliveredResponse.Parser.ParseFrom(response).Signed);
        else if (method == TellSeen)
            Seen(place, TellSeenResponse.Parser.ParseFrom(response).Bodies);
        else if (method == AuditTellsSeen)
            Seen(place, FundingFlows.Contracts.Audit.V1.TellSeenResponse.Parser.ParseFrom(response).Bodies);
    }

    /// <summary>An event leaves an instance.</summary>
    public void Told(Place place, JournalMoved news)
    {
        if (news.LastIndex >= Bodies[news.Body].Entries.Count)
            Breach(Check.OnlyDurableIsTold, $"{place.Name} published that {news.Body} has entry {news.LastIndex}, which is not durable.");
    }

    /// <summary>Somebody was told that their command was recorded.</summary>
    public void WasAcknowledged(string body, Outcome outcome)
    {
        acknowledged.Add((body, outcome.First.Index, outcome.LeafHash));
        CheckAcknowledged(acknowledged[^1]);
    }

    /// <summary>Checks everything, over all bodies together.</summary>
    public void CheckAll()
    {
        Find();
        acknowledged.ForEach(CheckAcknowledged);
    }

    private void Stored(Observed observed, long index, byte[] bytes)
    {
        if (index < observed.Entries.Count)
        {
            if (!observed.Has((ulong)index, bytes))
                Breach(Check.NoFork, $"{observed.Body} forked silently: it stored another entry {index} than the one that it had stored and others had seen.");
            return;
        }
        try
        {
            if (observed.Take(bytes) is { } problem)
                Breach(problem);
        }
        catch (Exception problem)
        {
            Breach(Check.EntriesFit, $"Entry {index} of {observed.Body} breaks its books: {problem.Message}");
        }
        Count(observed.Parsed[^1]);
        if (town.History.IsKept)
            town.History.Add($"{observed.Body} records {index}: {observed.Parsed[^1].Fact}");
    }

    private void Count(Entry entry)
    {
        Strike? strike = entry.Fact.KindCase switch
        {
            Fact.KindOneofCase.TransferReversed => Strike.TransfersReversed,
            Fact.KindOneofCase.TermsRevised => Strike.TermsRevised,
            Fact.KindOneofCase.StandingInstructionSet => Strike.InstructionsSet,
            Fact.KindOneofCase.StandingInstructionStopped => Strike.InstructionsStopped,
            Fact.KindOneofCase.TransferSent when entry.Fact.TransferSent.PassedOn is not null => Strike.SharesPassedOn,
            Fact.KindOneofCase.AwardAmended => Strike.AwardsAmended,
            Fact.KindOneofCase.AwardAmendmentLapsed => Strike.AmendmentsLapsed,
            Fact.KindOneofCase.KeyAdopted => Strike.KeysTaken,
            Fact.KindOneofCase.EpochBegun => Strike.EpochsBegun,
            _ => null,
        };
        if (strike is { } happened && entry.Part <= 1)
            town.Struck.Count(happened);
    }

    /// <summary>An auditor keeps only what is durable where it comes from.</summary>
    private void Copied(JournalAppend append)
    {
        for (var i = 0; i < append.Entries.Count; i++)
            if (!Bodies[append.Lease.Journal.Body].Has((ulong)(append.ExpectedIndex + i), append.Entries[i].Bytes.Span))
                Breach(Check.AuditorHolds, $"The auditor keeps an entry {append.ExpectedIndex + i} of {append.Lease.Journal.Body} that is not durable there.");
    }

    private void Carried(SignedMessage signed)
    {
        var courier = CourierMessage.Parser.ParseFrom(signed.Message);
        foreach (var bytes in (courier.Deliveries?.Deliveries.SelectMany(delivery => delivery.Entries) ?? []).Concat(courier.Receipts?.Receipts.SelectMany(receipt => receipt.Entries) ?? []))
            if (Entry.Parser.ParseFrom(bytes) is var entry && !Bodies[courier.Sender].Has(entry.Index, bytes.Span))
                Breach(Check.OnlyDurableIsTold, $"{courier.Sender} told {courier.Receiver} of an entry {entry.Index} that is not durable: {entry.Fact}");
    }

    private void Shown(Place place, string body, JournalPage? page)
    {
        if (page is null)
            return;
        for (var i = 0; i < page.Entries.Count; i++)
            if (!Bodies[body].Has(page.FirstIndex + (ulong)i, page.Entries[i].Span))
                Breach(Check.OnlyDurableIsTold, $"{place.Name} shows an entry {page.FirstIndex + (ulong)i} of {body} that is not durable.");
        if (page.Checkpoint.Length > 0 && Checkpoint.Read(page.Checkpoint)!.Size > Bodies[body].Entries.Count)
            Breach(Check.OnlyDurableIsTold, $"{body} signed a checkpoint of more entries than are durable.");
    }

    /// <summary>What a body says it was delivered stands durably at both ends, and what it says is an answer where that came from.</summary>
    private void Delivered(TellDeliveredRequest request, SignedMessage signed)
    {
        var newest = CourierMessage.Parser.ParseFrom(signed.Message).NewestDelivered;
        if (newest.Entry is { } entry && !(Bodies[request.Sender].HasLeaf(entry.Index, newest.LeafHash.Span)
            && (ulong)Bodies[request.Body].Books.Deliveries.ExpectedSequence(request.Sender, request.SenderEpoch) > newest.Sequence))
            Breach(Check.OnlyDurableIsTold, $"{request.Body} told {request.Sender} that it was delivered its entry {entry.Index}, which is not durable.");
        if (newest.Answer is { } answer && !Bodies[request.Sender].HasLeaf(answer.Index, newest.AnswerLeafHash.Span))
            Breach(Check.OnlyDurableIsTold, $"{request.Body} told {request.Sender} that it was answered with its entry {answer.Index}, which is not durable.");
    }

    /// <summary>What somebody has seen of journals is what is durable where they come from.</summary>
    private void Seen(Place place, IEnumerable<SeenBody> seen)
    {
        foreach (var one in seen)
            foreach (var checkpoint in one.Journals.Select(journal => Checkpoint.Read(journal.Checkpoint)!))
                if (!Bodies[one.Body].Has(checkpoint))
                    Breach(Check.OnlyDurableIsTold, $"{place.Name} told that it has seen {checkpoint.Size} entries of {one.Body} that are not durable.");
    }

    /// <summary>The five invariants of money over all bodies together, as they are checked anywhere else.</summary>
    private void Find()
    {
        foreach (var result in new FundingFlows.Ledger.Federation(Bodies.Values.Select(one => one.Books).Where(books => books.Genesis is not null)).Check())
            foreach (var finding in result.Findings)
                Breach(Enum.Parse<Check>($"{result.Invariant}"), $"{result.Invariant}: {finding}");
    }

    private void CheckAcknowledged((string Body, long Index, byte[] LeafHash) one)
    {
        if (one.Index >= Bodies[one.Body].Entries.Count || !MerkleHash.Leaf(Bodies[one.Body].Entries[(int)one.Index]).AsSpan().SequenceEqual(one.LeafHash))
            Breach(Check.AcknowledgedStays, $"{one.Body} acknowledged a command as entry {one.Index}, which is not durable.");
    }
}
