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
    public const string Read = "/fundingflows.journal.v1.JournalService/ReadJournal";
    private readonly Town town;
    private readonly List<Breach> breaches = [];
    private readonly List<(string Body, long Index, byte[] LeafHash)> acknowledged = [];
    private readonly Forking forking;

    public Oracle(Town town)
    {
        (this.town, forking) = (town, new Forking(town));
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

    /// <summary>
    /// Whether nothing can be expected to arrive from a body or at it: it has told two histories, or has taken a key that nobody can record, because who
    /// registers it has.
    /// </summary>
    public bool IsCutOff(string body) => Bodies[body].IsForked || (Bodies[body].Books.Keys.Count > 1 && Bodies[Map.RegistrarOf(body)].IsForked);

    /// <summary>Whether what is on its way between two bodies waits: one is cut off, or never dealt with the other, whom nobody can vouch for any more.</summary>
    public bool Waits(string one, string other) => IsCutOff(one) || IsCutOff(other) || IsStranger(one, other) || IsStranger(other, one);

    private bool IsStranger(string one, string to) => Bodies[Map.RegistrarOf(one)].IsForked && Bodies[to].NewestOf(one) < 0;

    /// <summary>The newest entry of a body that others elsewhere were delivered, or have as an answer. -1: there is none.</summary>
    public long NewestElsewhere(Place place, string body) => Bodies.Values.Where(one => !place.Bodies.Contains(one.Body)).Max(one => one.NewestOf(body));

    public void Breach(Check check, string sentence) => Breach(new Breach(check, sentence));

    public void Breach(Breach breach)
    {
        town.History.Add($"BREACH of {breach.Check}: {breach}");
        breaches.Add(breach);
    }

    /// <summary>Entries have become durable on the disk of an instance.</summary>
    public void Stored(Life life, JournalAppend append)
    {
        town.History.Count(append.Root);
        if (life.Place.IsAudit)
        {
            Copied(append);
            return;
        }
        var observed = Bodies[append.Lease.Journal.Body];
        for (var i = 0; i < append.Entries.Count; i++)
            Stored(life, observed, append.ExpectedIndex + i, StoredJournal.BytesOf(append.Entries[i]));
        if (observed.Behind() is { } left)
            Breach(Check.SharesOnce, left);
        if (!observed.Has(append.ExpectedIndex + append.Entries.Count, append.Root))
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

    /// <summary>An answer reaches who asked.</summary>
    public void Hears(Life life, string method, byte[] request, byte[] response)
    {
        if (method == TellDelivered)
            forking.Heard(life, TellDeliveredRequest.Parser.ParseFrom(request), TellDeliveredResponse.Parser.ParseFrom(response).Signed);
        else if (method == TellSeen)
            forking.Heard(life, TellSeenResponse.Parser.ParseFrom(response).Bodies);
        else if (method == AuditTellsSeen)
            forking.Heard(life, FundingFlows.Contracts.Audit.V1.TellSeenResponse.Parser.ParseFrom(response).Bodies);
    }

    /// <summary>An event leaves an instance.</summary>
    public void Told(Place place, JournalMoved news)
    {
        if (news.LastIndex >= SizeOf(news.Body))
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

    private void Stored(Life life, Observed observed, long index, byte[] bytes)
    {
        if (observed.Has((ulong)index, bytes))
            return;
        if (index < observed.Entries.Count || observed.IsForked)
        {
            if (!observed.IsForked && forking.WhyNot(life, observed.Body, index) is { } why)
                Breach(Check.NoFork, $"{observed.Body} forked silently: it stored another entry {index} than the one that it had stored and others had seen. {why}");
            else if (!observed.IsForked)
                Fork(observed, index);
            if (observed.Second?.Take(index, bytes) == false)
                Breach(Check.NoFork, $"{observed.Body} stored a third entry {index}.");
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

    private long SizeOf(string body) => Math.Max(Bodies[body].Entries.Count, Bodies[body].Second?.Size ?? 0);

    private void Fork(Observed observed, long index)
    {
        observed.ForkAt(index);
        town.Struck.Count(Strike.SecondHistories);
        town.History.Add($"{observed.Body} records another entry {index} than before, for all to see that no auditor has answered it.");
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
        if (page.Checkpoint.Length > 0 && Checkpoint.Read(page.Checkpoint)!.Size > SizeOf(body))
            Breach(Check.OnlyDurableIsTold, $"{body} signed a checkpoint of more entries than are durable.");
    }

    /// <summary>What a body says it was delivered stands durably at both ends, and what it says is an answer where that came from.</summary>
    private void Delivered(TellDeliveredRequest request, SignedMessage signed)
    {
        var newest = CourierMessage.Parser.ParseFrom(signed.Message).NewestDelivered;
        if (newest.Entry is { } entry && !(Bodies[request.Sender].HasLeaf(entry.Index, newest.LeafHash.Span)
            && (Bodies[request.Body].IsForked || (ulong)Bodies[request.Body].Books.Deliveries.ExpectedSequence(request.Sender, request.SenderEpoch) > newest.Sequence)))
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

    /// <summary>
    /// The five invariants of money over all bodies together, as they are checked anywhere else. Of a body that tells two histories there are no books: what the
    /// others had of it counts as come from elsewhere, what they sent it as still theirs.
    /// </summary>
    private void Find()
    {
        foreach (var result in new FundingFlows.Ledger.Federation(Bodies.Values.Where(one => !one.IsForked).Select(one => one.Books).Where(books => books.Genesis is not null)).Check())
            foreach (var finding in result.Findings)
                Breach(Enum.Parse<Check>($"{result.Invariant}"), $"{result.Invariant}: {finding}");
    }

    private void CheckAcknowledged((string Body, long Index, byte[] LeafHash) one)
    {
        if (!Bodies[one.Body].HasLeaf((ulong)one.Index, one.LeafHash))
            Breach(Check.AcknowledgedStays, $"{one.Body} acknowledged a command as entry {one.Index}, which is not durable.");
    }
}
