namespace FundingFlows.Ledger;

/// <summary>Who pays what a body has decided to pay: the body itself or, where its money is kept, its accountable body on its instruction.</summary>
internal static class Instructing
{
    /// <summary>Whether a body cannot pay at all: it has no legal personality, and nobody is accountable for it.</summary>
    public static bool CannotPay(Books books) => books.LegalForm == LegalForm.Unincorporated && books.Custodies.Of(books.Body) is null;

    /// <summary>The sentence that says so.</summary>
    public static string WhyNot(Books books) =>
        $"{books.Body} is unincorporated and cannot pay in law: it needs a council that is accountable for it first.";

    /// <summary>Whether a payment names, as refused before, an instruction that cannot be given again (any more) to who keeps the body's money.</summary>
    public static bool RepeatsWhatItMayNot(Books books, EntryId refused) =>
        !books.Instructions.MayBeRepeated(refused, books.Body, books.Custodies.Of(books.Body)?.Agent ?? "");

    /// <summary>The facts that pay, or that tell the accountable body to.</summary>
    /// <param name="parts">The pieces, cut into parts.</param>
    /// <param name="made">Makes the payment of one part.</param>
    public static IReadOnlyList<Fact> Facts(Books books, IReadOnlyList<IReadOnlyList<Piece>> parts, Func<IReadOnlyList<Piece>, PaymentMade> made)
    {
        if (books.Custodies.Of(books.Body) is not { } custody)
            return [.. parts.Select(part => new Fact { PaymentMade = made(part) })];
        var to = books.Deliveries.Address(custody.Agent);
        return
        [
            .. parts.Select(made).Select(payment => new Fact
            {
                PaymentInstructed = new PaymentInstructed
                {
                    To = to.Clone(),
                    Custody = custody.Id.ToRef(),
                    Payment = payment,
                    SettlesLiability = books.Liabilities.AreSettledBy(payment),
                },
            }),
        ];
    }
}
