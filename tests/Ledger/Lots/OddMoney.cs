namespace FundingFlows.Ledger.Tests;

/// <summary>
/// A body that does with lots whatever facts can say, at random and without asking the rules: lots of any label, also of numbers that
/// no journal reaches, are made in several epochs, drawn, held, restored, sent and merged. Beside its books it keeps plain ones.
/// </summary>
internal sealed class OddMoney
{
    private static readonly string[] Words = ["a", "b", "c"];
    private readonly TestBody body = new TestFederation().Add("GOV", Tier.CentralGovernment);
    private readonly Random random;
    private readonly List<(EntryId Id, LotId Lot, long Pence)> payments = [], transfers = [], reservations = [];

    public OddMoney(int seed)
    {
        random = new Random(seed);
        for (var fund = 0; fund < 2; fund++)
            body.Opens($"f{fund}", Write.Share(Kind.Either, 10_000));
    }

    public PlainLots Plain { get; } = new();

    /// <summary>What was sent, as anybody would write it down: the fact, how far it has come, and as what it came back.</summary>
    public SortedDictionary<EntryId, (TransferSent Fact, TransferStage Stage, LotId? Back)> Sent { get; } = [];

    public TestBody Body => body;

    public void Step()
    {
        if (random.Next(100) == 0)
            BeginEpoch();
        switch (random.Next(12))
        {
            case 0 or 1 or 2: Issue(random.Next(1, 6)); break;
            case 3 or 4: Take(Pay); break;
            case 5: Take(Surrender); break;
            case 6: Take(Send); break;
            case 7: Take(Merge); break;
            case 8: Take(Reserve); break;
            case 9: Back(payments, Refund); break;
            case 10: Back(transfers, random.Next(2) == 0 ? Settle : Reverse); break;
            default: Back(reservations, Release); break;
        }
    }

    public void Issue(int lots)
    {
        var issued = new MoneyIssued { Fund = "GOV.f0", TermsVersion = 1, Source = Write.Vote().ToSource(), AmountPence = 1 };
        for (var i = 0; i < lots; i++)
        {
            issued.Lots.Add(Lot());
            Plain.Add(new LotId(body.Books.Next, i), issued.Lots[i]).Move(Account.Issued, Account.Cash, issued.Lots[i].AmountPence);
        }
        body.Append(new Fact { MoneyIssued = issued });
    }

    private void BeginEpoch()
    {
        var epoch = body.Books.Epoch + 1;
        body.Append(new Fact { EpochBegun = new EpochBegun { Epoch = epoch, Origin = Names.Origin(body.Books.Federation, body.Id, epoch), KeptRoot = Google.Protobuf.ByteString.CopyFrom(new byte[32]) } });
    }

    private NewLot Lot()
    {
        var (first, years) = (2020 + random.Next(3), random.Next(3));
        var lot = new NewLot
        {
            AmountPence = random.Next(1, 1_000),
            TermsVersion = (uint)random.Next(1, 3),
            Line = new Line { Fund = $"GOV.f{random.Next(2)}", Kind = (Kind)random.Next(1, 4), Years = new YearWindow { FirstYear = first, LastYear = first + years }, Earmarks = { random.GetItems(Words, random.Next(4)) } },
            Origin = new Origin { Source = new SourceId(SourceKind.LocalLevy, random.GetItems(Words, 1)[0]).ToSource(), Fund = $"GOV.f{random.Next(2)}", Lot = Named() },
            Parent = random.Next(2) == 0 ? null : Named(),
            FunderLot = random.Next(2) == 0 ? null : Named(),
            Award = random.Next(2) == 0 ? null : new EntryId("GOV", 1, random.Next(5)).ToRef(),
        };
        lot.History.Add(Enumerable.Range(0, random.Next(3)).Select(_ => new TermsRef { Fund = $"GOV.f{random.Next(2)}", Version = (uint)random.Next(1, 3) }));
        if (random.Next(3) == 0)
            lot.ClosedThrough = 2020 + random.Next(3);
        return lot;
    }

    private LotRef Named() => random.Next(10) == 0
        ? new LotRef { Body = "GOV", Epoch = 3, Index = unchecked((ulong)random.NextInt64()) << random.Next(2), Ordinal = unchecked((uint)random.Next()) << random.Next(2) }
        : new LotRef { Body = random.GetItems(Words, 1)[0], Epoch = (uint)random.Next(1, 3), Index = (ulong)random.Next(100), Ordinal = (uint)random.Next(70_000) };

    private void Take(Action<PlainLot, Piece> take)
    {
        if (Plain.All.Where(lot => lot.RemainingPence > lot.HeldPence).ToList() is not { Count: > 0 } lots)
            return;
        // Some lots again and again, so that everything becomes of one.
        var lot = lots[random.Next(random.Next(2) == 0 ? Math.Min(5, lots.Count) : lots.Count)];
        var free = lot.RemainingPence - lot.HeldPence;
        take(lot, new Piece { Lot = lot.Id.ToRef(), AmountPence = random.Next(3) == 0 ? free : random.NextInt64(1, (free / 4) + 2) });
    }

    private void Back(List<(EntryId Id, LotId Lot, long Pence)> ofThose, Action<EntryId, PlainLot, long> back)
    {
        if (ofThose.Count == 0)
            return;
        var at = random.Next(ofThose.Count);
        var (id, lot, pence) = ofThose[at];
        ofThose.RemoveAt(at);
        back(id, Plain[lot], pence);
    }

    private void Pay(PlainLot lot, Piece piece)
    {
        Draw(lot, Account.Spent, piece);
        payments.Add((body.Append(new Fact { PaymentMade = new PaymentMade { Fund = lot.Made.Line.Fund, AmountPence = piece.AmountPence, Pieces = { piece } } }), lot.Id, piece.AmountPence));
    }

    private void Refund(EntryId id, PlainLot lot, long paid)
    {
        var pence = random.NextInt64(1, paid + 1);
        lot.RemainingPence += pence;
        lot.Move(Account.Spent, Account.Cash, pence);
        body.Append(new Fact { PaymentRefunded = new PaymentRefunded { Payment = id.ToRef(), AmountPence = pence, Pieces = { new Piece { Lot = lot.Id.ToRef(), AmountPence = pence } } } });
    }

    private void Surrender(PlainLot lot, Piece piece)
    {
        Draw(lot, Account.Surrendered, piece);
        body.Append(new Fact { MoneySurrendered = new MoneySurrendered { Fund = lot.Made.Line.Fund, AmountPence = piece.AmountPence, Pieces = { piece } } });
    }

    private void Send(PlainLot lot, Piece piece)
    {
        Draw(lot, Account.InTransit, piece);
        var sent = new TransferSent { To = new Addressed { Body = "other", Sequence = (ulong)body.Books.Deliveries.NextSequence("other") }, Purpose = TransferPurpose.Repayment, Award = new EntryId("other", 1, 1).ToRef(), AmountPence = piece.AmountPence };
        sent.Pieces.Add(new TransferPiece { Lot = piece.Lot, AmountPence = piece.AmountPence, Line = lot.Made.Line, TermsVersion = lot.Made.TermsVersion, Origin = lot.Made.Origin });
        transfers.Add((body.Append(new Fact { TransferSent = sent }), lot.Id, piece.AmountPence));
        Sent.Add(transfers[^1].Id, (sent, TransferStage.InTransit, null));
    }

    private void Settle(EntryId id, PlainLot lot, long pence)
    {
        lot.Move(Account.InTransit, Account.Repaid, pence);
        Sent[id] = Sent[id] with { Stage = TransferStage.Settled };
        body.Append(new Fact { TransferSettled = new TransferSettled { Transfer = id.ToRef(), Answer = Answer() } });
    }

    private void Reverse(EntryId id, PlainLot lot, long pence)
    {
        var back = Child(lot, pence);
        Sent[id] = Sent[id] with { Stage = TransferStage.Reversed, Back = new LotId(body.Books.Next, 0) };
        Plain.Add(new LotId(body.Books.Next, 0), back).Move(Account.InTransit, Account.Cash, pence);
        body.Append(new Fact { TransferReversed = new TransferReversed { Transfer = id.ToRef(), Answer = Answer(), Lots = { back } } });
    }

    private void Merge(PlainLot lot, Piece piece)
    {
        Draw(lot, Account.RelabelledOut, piece);
        var into = Child(lot, piece.AmountPence);
        into.Line.Fund = "GOV.f1";
        Plain.Add(new LotId(body.Books.Next, 0), into).Move(Account.RelabelledIn, Account.Cash, piece.AmountPence);
        body.Append(new Fact { PotsMerged = new PotsMerged { FromFund = lot.Made.Line.Fund, IntoFund = "GOV.f1", Lots = { into } } });
    }

    private void Reserve(PlainLot lot, Piece piece)
    {
        lot.HeldPence += piece.AmountPence;
        reservations.Add((body.Append(new Fact { Reserved = new Reserved { Use = new PlannedUse { Fund = lot.Made.Line.Fund, Project = new EntryId("GOV", 1, 1).ToRef() }, AmountPence = piece.AmountPence, ExpiresOn = new DateOnly(2027, 1, 1).ToDate(), Pieces = { piece } } }), lot.Id, piece.AmountPence));
    }

    private void Release(EntryId id, PlainLot lot, long pence)
    {
        lot.HeldPence -= pence;
        body.Append(new Fact { ReservationReleased = new ReservationReleased { Reservation = id.ToRef(), Pieces = { new Piece { Lot = lot.Id.ToRef(), AmountPence = pence } } } });
    }

    private static void Draw(PlainLot lot, Account to, Piece piece)
    {
        lot.RemainingPence -= piece.AmountPence;
        lot.Move(Account.Cash, to, piece.AmountPence);
    }

    private static NewLot Child(PlainLot lot, long pence)
    {
        var made = lot.Made.Clone();
        (made.Parent, made.AmountPence) = (lot.Id.ToRef(), pence);
        return made;
    }

    private static AnswerRef Answer() => new() { Entry = new EntryId("other", 1, 2).ToRef() };
}
