using System.Runtime.InteropServices;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Ledger;

/// <summary>What many transfers say alike, kept once for all of them.</summary>
internal readonly record struct TransferLabel(
    string Receiver, TransferPurpose Purpose, EntryId Award, int Promise, EntryId? Clawback, EntryId? PassedOnBy, int PassedOnShare);

/// <summary>The numbers of one transfer.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct TransferRow(long index, long amountPence, long sequence, Timestamp? sentAt, int label) : INumbered
{
    private readonly long seconds = sentAt?.Seconds ?? 0;
    private readonly int nanos = sentAt?.Nanos ?? 0;

    /// <summary>Of its (first) entry.</summary>
    public long Index { get; } = index;

    public long AmountPence { get; } = amountPence;

    public long Sequence { get; } = sequence;

    public int Label { get; } = label;

    /// <summary>Its first and its last piece, by their places and 1. 0: it has none yet.</summary>
    public int FirstPiece { get; set; }

    public int LastPiece { get; set; }

    public TransferStage State { get; set; }

    /// <summary>The entry that answered it, and its journal by number and 1. 0: it was not answered.</summary>
    public long AnswerIndex { get; set; }

    public int AnswerJournal { get; set; }

    public readonly ulong Number => (ulong)Index;

    public readonly Timestamp SentAt => new() { Seconds = seconds, Nanos = nanos };
}

/// <summary>The numbers of one piece that was sent.</summary>
/// <param name="Lot">The place of the lot.</param>
/// <param name="Hold">What it was held for, by number and 1. 0: it was free.</param>
[StructLayout(LayoutKind.Auto)]
internal record struct PieceRow(long SentBy, long AmountPence, int Lot, int Line, int Hold, bool MustReturn)
{
    /// <summary>The next piece of the transfer, by its place and 1. 0: there is none.</summary>
    public int Next { get; set; }
}

/// <summary>The transfers that a body sent: millions, so each is a row of numbers, and so is each of its pieces.</summary>
internal sealed class SentTransfers(LotBook lots)
{
    private readonly Chunked<TransferRow> rows = new();
    private readonly Chunked<PieceRow> pieces = new();
    private readonly PlacedJournals journals = new(), journalsOfPieces = new();
    private readonly Shared<TransferLabel> labels = new();
    private readonly Shared<FundLine> lines = new();
    private readonly Shared<EntryId> holds = new();
    private readonly Shared<JournalName> answering = new();
    private readonly Dictionary<int, List<LotId>> back = [];

    public int Count => rows.Count;

    public Transfer? Find(EntryId id) =>
        rows.Find(unchecked((ulong)id.Index)) is var place and >= 0 && journals[place] == JournalName.Of(id) ? new Transfer(this, place) : null;

    /// <summary>Transfers are sent in the order of their entries.</summary>
    public Transfer Add(EntryId id, TransferSent fact, Timestamp sentAt)
    {
        if (rows.Count > 0 && id.Index <= rows[rows.Count - 1].Index)
            throw new InvalidOperationException($"Transfer {id} cannot follow those that are here.");
        var label = new TransferLabel(
            fact.To.Body, fact.Purpose, EntryId.From(fact.Award), (int)fact.Promise, fact.Clawback is null ? null : EntryId.From(fact.Clawback),
            fact.PassedOn is null ? null : EntryId.From(fact.PassedOn.Instruction), (int)(fact.PassedOn?.Share ?? 0));
        journals.Add(rows.Count, id);
        rows.Add(new TransferRow(id.Index, fact.AmountPence, (long)fact.To.Sequence, sentAt, labels.NumberOf(label)));
        return new Transfer(this, rows.Count - 1);
    }

    public ref TransferRow RowOf(int place) => ref rows[place];

    public EntryId IdOf(int place) => journals[place][rows[place].Index];

    public TransferLabel LabelOf(int place) => labels[rows[place].Label];

    public EntryId? AnswerOf(int place) => rows[place].AnswerJournal is > 0 and var journal ? answering[journal - 1][rows[place].AnswerIndex] : null;

    public void Answer(int place, EntryId? answer)
    {
        rows[place].AnswerJournal = answer is { } entry ? answering.NumberOf(JournalName.Of(entry)) + 1 : 0;
        rows[place].AnswerIndex = answer?.Index ?? 0;
    }

    public IReadOnlyList<SentPiece> PiecesOf(int place)
    {
        var count = 0;
        for (var at = rows[place].FirstPiece; at > 0; at = pieces[at - 1].Next)
            count++;
        var all = new SentPiece[count];
        for (var (at, i) = (rows[place].FirstPiece, 0); at > 0; at = pieces[at - 1].Next, i++)
            all[i] = PieceAt(at - 1);
        return all;
    }

    public void Add(int place, EntryId sentBy, Lot lot, TransferPiece piece, FundLine line)
    {
        journalsOfPieces.Add(pieces.Count, sentBy);
        pieces.Add(new PieceRow(
            sentBy.Index, piece.AmountPence, lot.Place, lines.NumberOf(line), piece.Hold is null ? 0 : holds.NumberOf(EntryId.From(piece.Hold)) + 1, piece.MustReturn));
        ref var row = ref rows[place];
        if (row.FirstPiece == 0)
            row.FirstPiece = pieces.Count;
        else
            pieces[row.LastPiece - 1].Next = pieces.Count;
        row.LastPiece = pieces.Count;
    }

    public IReadOnlyList<LotId> BackOf(int place) => back.GetValueOrDefault(place) ?? [];

    public void AddBack(int place, Lot lot)
    {
        if (!back.TryGetValue(place, out var came))
            back.Add(place, came = []);
        came.Add(lot.Id);
    }

    private SentPiece PieceAt(int place)
    {
        var piece = pieces[place];
        return new SentPiece(
            journalsOfPieces[place][piece.SentBy], lots.IdOf(piece.Lot), piece.AmountPence, lines[piece.Line], piece.MustReturn, piece.Hold > 0 ? holds[piece.Hold - 1] : null);
    }
}
