namespace FundingFlows.Ledger.Tests;

/// <summary>What one body is about to deliver to another: facts that it has decided and not recorded.</summary>
public readonly record struct Letter(TestBody From, TestBody To, IReadOnlyList<Fact> Facts)
{
    /// <summary>What that command would send, when the stage's bodies have settled all that they sent before.</summary>
    public static Letter Of(TestBody from, TestBody to, ICommand command)
    {
        var decision = from.Decide(command);
        Assert.True(decision.Facts.Count > 0, decision.Refusal?.Sentence);
        return new Letter(from, to, [.. decision.Facts.Select(fact => fact.Clone())]);
    }

    public Delivery Seal() => Answers.Of(From, To.Books.Deliveries.ExpectedSequence(From.Id, 1), Facts);
}

/// <summary>
/// The table of how a receiver answers one kind of delivery. It starts from one that is accepted; each row alters it, or the
/// stage that it arrives on, so that it is refused for good.
/// </summary>
public sealed class AnswerTable<TFact>(Func<Stage, Letter> lawful, Func<Fact, TFact> select) : IAnswerTable
{
    private readonly List<(DeliveryRefusal Reason, string Name, Func<Stage, Letter, Delivery> Alter)> rows = [];

    public TheoryData<string> Names => [.. rows.Select(row => row.Name)];

    public IReadOnlyList<DeliveryRefusal> Covered => [.. rows.Select(row => row.Reason)];

    /// <summary>A row that alters the first fact.</summary>
    public AnswerTable<TFact> Row(DeliveryRefusal reason, string name, Action<TFact> alters) => Row(reason, name, (Letter letter) => alters(select(letter.Facts[0])));

    /// <summary>A row that alters the facts.</summary>
    public AnswerTable<TFact> Row(DeliveryRefusal reason, string name, Action<Letter> alters) => Row(reason, name, (_, letter) =>
    {
        alters(letter);
        return letter.Seal();
    });

    /// <summary>A row that makes of it what it likes.</summary>
    public AnswerTable<TFact> Row(DeliveryRefusal reason, string name, Func<Stage, Letter, Delivery> alters)
    {
        rows.Add((reason, name, alters));
        return this;
    }

    public void MustAcceptTheLawful()
    {
        var letter = lawful(new Stage());
        var decision = letter.To.Run(new ReceiveDelivery(letter.Seal()));

        Assert.All(decision.Facts, fact => Assert.NotNull(DeliveredFacts.AnsweredBy(fact)));
        Assert.DoesNotContain(decision.Facts, fact => fact.DeliveryRefused is not null || fact.TransferRefused is not null);
        Assert.NotEmpty(decision.Facts);
    }

    /// <summary>Checks a row: it is refused for good by one fact that quotes it, money and promises are as before, and it stays refused.</summary>
    public void MustRefuse(string name)
    {
        var row = rows.Single(row => row.Name == name);
        var stage = new Stage();
        var letter = lawful(stage);
        var delivery = row.Alter(stage, letter);
        var books = letter.To.Books;
        var before = State(books);

        var decision = letter.To.Run(new ReceiveDelivery(delivery));

        var fact = Assert.Single(decision.Facts);
        Assert.Equal(row.Reason, fact.TransferRefused?.Reason ?? fact.DeliveryRefused.Reason);
        Assert.Equal(delivery.First?.TransferSent is not null, fact.TransferRefused is not null);
        Assert.Equal(delivery.ToRef(), DeliveredFacts.AnsweredBy(fact));
        Assert.Equal(before, State(books));
        Assert.Equal((books.Next with { Index = books.Size - 1 }, 1), letter.To.Run(new ReceiveDelivery(delivery)).Before);
    }

    /// <summary>All that a refusal must not touch: everything but the deliveries themselves.</summary>
    private static string State(Books books) => Dump.Of(
        new object[] { books.Accounts, books.Lots, books.Funds, books.Agreements, books.Awards, books.Payments, books.Reports, books.Registrations, books.Transfers.Sent, books.Transfers.Received });
}

/// <summary>A table whose kind of delivery does not matter.</summary>
public interface IAnswerTable
{
    /// <summary>The reason of each row.</summary>
    IReadOnlyList<DeliveryRefusal> Covered { get; }
}
