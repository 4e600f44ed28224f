using Google.Protobuf;
using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>What no honest journal holds, by name, and what is said of it. The council tells it.</summary>
internal static class Unbelievable
{
    public static IReadOnlyDictionary<string, (Action<ForgedJournal> Tell, string Says)> All { get; } = new Dictionary<string, (Action<ForgedJournal> Tell, string Says)>
    {
        ["a checkpoint over another root"] = (
            journal => journal.Sign(size => new Checkpoint(journal.Genesis.Origin, size, new byte[32]).Sign(journal.Verifier, journal.Key)),
            "its signed root of"),
        ["a checkpoint that another key signed"] = (journal => journal.Sign(size => SignedByAnother(journal, size)), "is not signed with the key of"),
        ["a checkpoint of another journal"] = (
            journal => journal.Sign(size => Named(journal, "elsewhere/durham/1", size)), "the checkpoint is of elsewhere/durham/1, not of"),
        ["a checkpoint that cannot be read"] = (journal => journal.Sign(_ => "nothing\n"), "the checkpoint cannot be read"),
        ["an entry in another's place"] = (journal => journal.Append(new Entry { Index = 999 }.ToByteArray()), "entry 999 stands at"),
        ["bytes that are no entry"] = (journal => journal.Append([0xff, 0xff, 0xff]), "cannot be read"),
        ["a second genesis"] = (journal => Append(journal, new Fact { Genesis = journal.Genesis }), "A journal has one genesis"),
        ["nothing that happened"] = (journal => Append(journal, new Fact()), "holds no fact that this version knows"),
        ["a payment from a lot that is not there"] = (
            journal => Append(journal, PaymentFrom(new LotRef { Body = Council, Epoch = 1, Index = 1, Ordinal = 9 }, _ => { })), "breaks the rules of money"),
        ["an answer to what was never sent"] = (
            journal => Append(journal, new Fact { DeliverySettled = new DeliverySettled { Delivery = new Addressed { Body = Region, Sequence = 99 }, Answer = AnAnswer(1) } }),
            "breaks the rules of money"),
        ["an entry of no time"] = (journal => Append(journal, AFact(journal), entry => entry.RecordedAt = null), "does not say recorded_at"),
        ["an entry of a time that is not"] = (journal => Append(journal, AFact(journal), entry => entry.RecordedAt.Seconds = long.MaxValue), "was recorded at no time that there is"),
        ["a payment to nobody"] = (journal => Append(journal, PaymentFrom(ALot(journal), made => made.Payee = null)), "does not say payee"),
        ["a payment in no year"] = (journal => Append(journal, PaymentFrom(ALot(journal), made => made.FinancialYear = int.MaxValue)), "gives financial_year as 2147483647"),
        ["a payment of more than there is money"] = (journal => Append(journal, PaymentFrom(ALot(journal), made => made.AmountPence = long.MaxValue)), "gives amount_pence as"),
        ["a lot of no line"] = (journal => Append(journal, Received(lot => lot.Line = null)), "does not say line"),
        ["a lot from beyond all journals"] = (journal => Append(journal, Received(lot => lot.Parent.Index = ulong.MaxValue)), "gives index as"),
        ["a report without totals"] = (journal => Append(journal, Report(journal, report => report.Totals = null)), "does not say totals"),
        ["a report of nothing below it"] = (
            journal => Append(journal, Report(journal, report => report.Children.Add(new ChildReport { Totals = new FundTotals() }))), "does not say report"),
        ["a report without the totals below it"] = (
            journal => Append(journal, Report(journal, report => report.Children.Add(new ChildReport { Report = new EntryId(Forum, 1, 1).ToRef() }))), "does not say totals"),
        ["an answer beyond all journals"] = (
            journal => Append(journal, new Fact { DeliverySettled = new DeliverySettled { Delivery = new Addressed { Body = Region, Sequence = 1 }, Answer = AnAnswer(ulong.MaxValue) } }),
            "gives index as"),
    };

    private static void Append(ForgedJournal journal, Fact fact, Action<Entry>? change = null)
    {
        var entry = new Entry { Index = (ulong)journal.Size, RecordedAt = journal.EntryAt(0).RecordedAt, Fact = fact };
        change?.Invoke(entry);
        journal.Append(entry.ToByteArray());
    }

    private static string SignedByAnother(ForgedJournal journal, long size)
    {
        using var another = BodyKey.Generate();
        return new Checkpoint(journal.Genesis.Origin, size, journal.Root(size)).Sign(VerifierKey.Of(journal.Genesis.Origin, another.PublicKey), another);
    }

    private static string Named(ForgedJournal journal, string origin, long size) =>
        new Checkpoint(origin, size, journal.Root(size)).Sign(VerifierKey.Of(origin, journal.Key.PublicKey), journal.Key);

    private static Fact AFact(ForgedJournal journal) => PaymentFrom(ALot(journal), _ => { });

    private static LotRef ALot(ForgedJournal journal) => journal.Books.Lots.All.First(lot => lot.RemainingPence > 1_00).Id.ToRef();

    private static AnswerRef AnAnswer(ulong index) =>
        new() { Entry = new EntryRef { Body = Region, Epoch = 1, Index = index }, LeafHashes = { ByteString.CopyFrom(new byte[32]) } };

    private static Fact PaymentFrom(LotRef lot, Action<PaymentMade> change)
    {
        var made = new PaymentMade
        {
            Fund = FundId,
            FinancialYear = Year,
            Kind = Kind.Capital,
            Category = "community-building",
            Place = "E05009057",
            Payee = new Payee { Organisation = "GB-CHC-0000001" },
            AmountPence = 1_00,
            Pieces = { new Piece { Lot = lot, AmountPence = 1_00 } },
        };
        change(made);
        return new Fact { PaymentMade = made };
    }

    private static Fact Received(Action<NewLot> change)
    {
        var lot = new NewLot
        {
            Parent = new LotRef { Body = Region, Epoch = 1, Index = 2 },
            AmountPence = 1,
            Line = new Line { Fund = FundId, Kind = Kind.Capital, Years = new YearWindow { FirstYear = Year, LastYear = Year } },
            TermsVersion = 1,
            Origin = new Origin { Source = new Source { Kind = SourceKind.Income, Reference = "x" }, Fund = FundId, Lot = new LotRef { Body = Region, Epoch = 1, Index = 2 } },
        };
        change(lot);
        return new Fact
        {
            TransferReceived = new TransferReceived
            {
                Delivery = new DeliveryRef { Entry = new EntryRef { Body = Region, Epoch = 1, Index = 3 }, Sequence = 99 },
                Purpose = TransferPurpose.Allocation,
                Award = new EntryRef { Body = Region, Epoch = 1, Index = 4 },
                Lots = { lot },
            },
        };
    }

    private static Fact Report(ForgedJournal journal, Action<ReportSubmitted> change)
    {
        var fact = new SubmitReport(FundId, Region).Decide(journal.Books, new Surroundings(journal.Next, () => journal.Root(journal.Size), _ => false, _ => false)).Facts.Single().Clone();
        change(fact.ReportSubmitted);
        return fact;
    }
}
