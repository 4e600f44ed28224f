using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Payments and refunds of what is not there, or is kept for something else.</summary>
internal static class PaymentLies
{
    public static IReadOnlyDictionary<string, ToldLie> All { get; } = new Dictionary<string, ToldLie>
    {
        ["a payment of more than its lot has"] = new(Overdrawn, [Check.LotsInBounds]),
        ["a refund into a lot that was never drawn so far"] = new(Overfilled, [Check.LotsInBounds, Check.LinesBalance]),
        ["a payment of more than its pieces"] = new(MoreThanItsPieces, [Check.LinesBalance]),
        ["a refund of more than was paid"] = new(MoreBack, [Check.LinesBalance]),
        ["a payment from money that is kept for forums"] = new(federation => Payment(federation, Lies.ForForumsAt), [Check.Containment]),
        ["a payment in a year outside the window"] = new(federation => Payment(federation, Lies.CapitalOf, made => made.FinancialYear = Year + 3), [Check.Containment]),
        ["a payment for running costs from capital"] = new(federation => Payment(federation, Lies.CapitalOf, made => made.Kind = Kind.Revenue), [Check.Containment]),
        ["a payment that counts against another fund"] = new(federation => Payment(federation, Lies.CapitalOf, made => made.Fund = "mhclg.another"), [Check.Containment]),
    };

    private static string Overdrawn(ForgedFederation federation)
    {
        federation.PlayFourTiers();
        var lot = federation.CapitalOf(Council);
        federation.PayFrom(lot, lot.RemainingPence + 1);
        return $"Lot {lot.Id} ";
    }

    private static string Overfilled(ForgedFederation federation)
    {
        federation.PlayFourTiers();
        var lot = federation.CapitalOf(Council);
        var payment = federation.PayFrom(lot, 1_00);
        Refund(federation, payment, lot, lot.AmountPence);
        return $"Lot {lot.Id} ";
    }

    private static string MoreThanItsPieces(ForgedFederation federation)
    {
        federation.PlayFourTiers();
        return $"payment {federation.PayFrom(federation.CapitalOf(Council), 1_00, made => made.AmountPence++)} ";
    }

    private static string MoreBack(ForgedFederation federation)
    {
        federation.PlayFourTiers();
        var lot = federation.CapitalOf(Council);
        var payment = federation.PayFrom(lot, 1_00);
        federation.PayFrom(lot, 5_00);
        Refund(federation, payment, lot, 1_01);
        return $"payment {payment} ";
    }

    private static void Refund(ForgedFederation federation, EntryId payment, Lot lot, long pence) => federation[payment.Body].Write(new Fact
    {
        PaymentRefunded = new PaymentRefunded { Payment = payment.ToRef(), AmountPence = pence, Pieces = { new Piece { Lot = lot.Id.ToRef(), AmountPence = pence } } },
    });

    private static string Payment(ForgedFederation federation, Func<ForgedFederation, string, Lot> from, Action<PaymentMade>? change = null)
    {
        federation.PlayFourTiers();
        return $"Payment {federation.PayFrom(from(federation, Council), 1_00, change)} ";
    }
}
