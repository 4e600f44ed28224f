namespace FundingFlows.Ledger.Tests;

/// <summary>A forum whose money a council keeps, and what becomes of what it tells it to pay.</summary>
internal static class Instructed
{
    public static readonly DocumentDigest Bank = Write.Digest("A line of the bank's statement.");

    public static readonly DocumentDigest Full = Write.Digest("The roofer is the chair's brother.");

    public static readonly DocumentDigest Public = Write.Digest("Somebody who decided this gains from it.");

    /// <summary>The council keeps the forum's money. Answers with the custody.</summary>
    public static EntryId Keeps(this Stage stage) => stage.Forum.Books.Custodies.Of(stage.Forum.Id)?.Id ?? stage.Federation.Keeps(stage.Council, stage.Forum);

    /// <summary>What the forum would pay of its £60 for a library.</summary>
    public static MakePayment Paying(this Stage stage, long pence = 600) => stage.Forum.Payment(stage.Fund, pence);

    /// <summary>The forum tells the council to pay, and the council knows.</summary>
    public static EntryId Instructs(this Stage stage, long pence = 600) => stage.Instructs(stage.Paying(pence));

    public static EntryId Instructs(this Stage stage, MakePayment payment)
    {
        stage.Keeps();
        var instruction = stage.Forum.Do(payment);
        stage.Federation.Settle();
        return instruction;
    }

    public static ExecuteInstruction Executing(EntryId instruction) => new(instruction, Write.Day.AddDays(2), Bank);

    public static RefuseInstruction Refusing(EntryId instruction, RefusalGround ground = RefusalGround.ConflictOfInterest) =>
        new(instruction, ground, Write.Day.AddDays(1), Full, Public);

    /// <summary>The council pays, and the forum knows. Answers with the payment.</summary>
    public static Payment Executes(this Stage stage, EntryId instruction)
    {
        stage.Council.Do(Executing(instruction));
        stage.Federation.Settle();
        return stage.Forum.Books.Payments.Find(stage.Forum.Books.Instructions.Find(instruction)!.PaidAs!.Value)!;
    }

    /// <summary>The council refuses, and the forum knows.</summary>
    public static EntryId Refuses(this Stage stage, EntryId instruction, RefusalGround ground = RefusalGround.ConflictOfInterest)
    {
        stage.Council.Do(Refusing(instruction, ground));
        stage.Federation.Settle();
        return instruction;
    }

    /// <summary>The forum appeals, and the council knows.</summary>
    public static EntryId Appeals(this Stage stage, EntryId instruction)
    {
        stage.Forum.Do(new MakeAppeal(instruction, Write.Reason));
        stage.Federation.Settle();
        return instruction;
    }

    /// <summary>Somebody else at the council decides the appeal, and the forum knows.</summary>
    public static EntryId Decides(this Stage stage, EntryId instruction, bool allow)
    {
        stage.Council.DoAs(Preparing.Second, new DecideAppeal(instruction, allow, Write.Reason));
        stage.Federation.Settle();
        return instruction;
    }

    /// <summary>A payment that was refused, and may be instructed again.</summary>
    public static (MakePayment Payment, EntryId Refused) Overturned(this Stage stage, RefusalGround ground = RefusalGround.ConflictOfInterest)
    {
        var payment = stage.Paying();
        var refused = stage.Decides(stage.Appeals(stage.Refuses(stage.Instructs(payment), ground)), true);
        return (payment with { AfterAppeal = refused }, refused);
    }
}
