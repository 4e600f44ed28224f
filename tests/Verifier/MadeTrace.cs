using System.Text.Json;
using Google.Protobuf;

namespace FundingFlows.Verifier.Tests;

/// <summary>
/// A federation of two that is made here: the root issues £100 and sends £60 of it to a council, which pays £25. What is to be told otherwise is changed
/// before the entries are made, so that every lie is signed as well as the truth.
/// </summary>
internal sealed class MadeTrace
{
    public const string Root = "root";
    public const string Council = "council";

    public MadeTrace()
    {
        Central = new MadeJournal(Root);
        Local = new MadeJournal(Council, registrar: Root);
        Issued = new MoneyIssued
        {
            Fund = "root.fund",
            TermsVersion = 1,
            Source = new Source { Kind = SourceKind.ParliamentaryVote, Reference = "estimate" },
            AmountPence = 100_00,
            Lots = { new NewLot { AmountPence = 100_00, Line = Line, TermsVersion = 1, Origin = Origin } },
        };
        Sent = new TransferSent
        {
            To = new Addressed { Body = Council, Sequence = 1 },
            Purpose = TransferPurpose.Allocation,
            Award = new EntryRef { Body = Root, Epoch = 1, Index = 2 },
            AmountPence = 60_00,
            Pieces = { new TransferPiece { Lot = Lot(Root, 2), AmountPence = 60_00, Line = Line, TermsVersion = 1, Origin = Origin } },
        };
        Received = new TransferReceived
        {
            Delivery = new DeliveryRef { Entry = new EntryRef { Body = Root, Epoch = 1, Index = 3 }, Sequence = 1 },
            Purpose = TransferPurpose.Allocation,
            Award = new EntryRef { Body = Root, Epoch = 1, Index = 2 },
            Lots = { new NewLot { Parent = Lot(Root, 2), AmountPence = 60_00, Line = Line, TermsVersion = 1, Origin = Origin } },
        };
        Paid = new PaymentMade
        {
            Fund = "root.fund",
            FinancialYear = 2026,
            Kind = Kind.Revenue,
            Payee = new Payee { Organisation = "GB-CHC-0000001" },
            AmountPence = 25_00,
            Pieces = { new Piece { Lot = Lot(Council, 1), AmountPence = 25_00 } },
        };
    }

    public MadeJournal Central { get; }

    public MadeJournal Local { get; }

    /// <summary>root.1.2</summary>
    public MoneyIssued Issued { get; }

    /// <summary>root.1.3</summary>
    public TransferSent Sent { get; }

    /// <summary>council.1.1</summary>
    public TransferReceived Received { get; }

    /// <summary>council.1.2</summary>
    public PaymentMade Paid { get; }

    /// <summary>The payment that the bundle says that it is of.</summary>
    public string Payment { get; set; } = $"{Council}.1.2";

    public static LotRef Lot(string body, ulong index, uint ordinal = 0) => new() { Body = body, Epoch = 1, Index = index, Ordinal = ordinal };

    private static Line Line => new() { Fund = "root.fund", Kind = Kind.Either, Years = new YearWindow { FirstYear = 2026, LastYear = 2028 } };

    private static Origin Origin => new() { Source = new Source { Kind = SourceKind.ParliamentaryVote, Reference = "estimate" }, Fund = "root.fund", Lot = Lot(Root, 2) };

    /// <summary>Makes the journals, and of all their entries a bundle.</summary>
    public List<(string Entry, string Proof)> Make()
    {
        Central.Registers(Local);
        Central.Add(new Fact { MoneyIssued = Issued });
        Central.Add(new Fact { TransferSent = Sent });
        if (Received.Delivery.LeafHashes.Count == 0)
            Received.Delivery.LeafHashes.Add(ByteString.CopyFrom(MerkleHash.Leaf(Central.Entries[3])));
        Local.Add(new Fact { TransferReceived = Received });
        Local.Add(new Fact { PaymentMade = Paid });
        return [.. Central.Proofs(), .. Local.Proofs()];
    }

    public string Json(IEnumerable<(string Entry, string Proof)> entries) => JsonSerializer.Serialize(new
    {
        format = TraceBundle.Format,
        payment = Payment,
        entries = entries.Select(one => new { entry = one.Entry, proof = one.Proof }),
    });
}
