namespace FundingFlows.Ledger.Tests;

/// <summary>Bodies that say that they are about to be closed, whatever they still have.</summary>
internal static class Telling
{
    public static void TellsOfItsEnd(this TestBody body, TestBody partner) => Assert.Null(partner.Run(new ReceiveDelivery(Answers.Forged(body, partner, new Fact
    {
        ClosingTold = new ClosingTold { To = new Addressed(), LastDay = Write.YearEnd.ToDate() },
    }))).Refusal);
}
