namespace FundingFlows.Ledger.Tests;

/// <summary>Offers of one fund and version to a body that knows neither: one with its terms, one with terms that keep money for nobody.</summary>
internal static class LaxOffer
{
    /// <summary>The forum offers the stranger money of the stage's fund that anybody may spend. Answers with the award, which waits.</summary>
    public static EntryId ToTheStranger(Stage stage)
    {
        var delivery = Delivered(stage);
        Assert.NotNull(Assert.Single(stage.Stranger.Run(new ReceiveDelivery(delivery)).Facts).AwardOfferReceived);
        return delivery.FirstId;
    }

    /// <summary>The same offer, on its way.</summary>
    public static Delivery Delivered(Stage stage)
    {
        var agreement = stage.Federation.Agrees(stage.Forum, stage.Stranger);
        var terms = stage.Government.Books.Funds.Newest(stage.Fund)!.Clone();
        terms.Earmarks[0].Spenders.Clear();
        return Answers.Forged(stage.Forum, stage.Stranger, new Fact
        {
            AwardOffered = new AwardOffered
            {
                To = new Addressed(),
                Agreement = agreement.ToRef(),
                Terms = terms,
                Promises = { Write.Promise(2026, Kind.Revenue, 1_000, Write.Led) },
            },
        });
    }

    /// <summary>That body offers the stranger money of the fund with its true terms. Answers with the award.</summary>
    public static EntryId HonestFrom(TestBody funder, Stage stage)
    {
        stage.Federation.Agrees(funder, stage.Stranger);
        var award = funder.Do(new OfferAward(stage.Stranger.Id, stage.Fund, [Write.Promise(2026, Kind.Revenue, 1_000, Write.Led)]));
        stage.Federation.Settle();
        return award;
    }
}
