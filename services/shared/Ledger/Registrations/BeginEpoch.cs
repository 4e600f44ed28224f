using Google.Protobuf;

namespace FundingFlows.Ledger;

/// <summary>Why a body does not begin a new epoch, in the order in which the rules are checked.</summary>
public enum BeginEpochRefusal
{
    /// <summary>The body was closed: nothing follows in its journal.</summary>
    [Refuses(RefusalClass.Rule)] JournalSealed = 1,

    /// <summary>The body is in that epoch already, or in a later one.</summary>
    [Refuses(RefusalClass.Rule)] EpochNotLater,

    /// <summary>The entries before it are not those that are to be kept.</summary>
    [Refuses(RefusalClass.Rule)] KeptOtherwise,
}

/// <summary>The body begins a new epoch of its journal, behind exactly the entries that it keeps.</summary>
/// <param name="KeptSize">How many entries.</param>
/// <param name="KeptRoot">RFC 6962 root over them: 32 bytes.</param>
public sealed record BeginEpoch(uint Epoch, long KeptSize, ByteString KeptRoot) : IOwnAct
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Ending.IsSealed)
            return Decision.Refuse(BeginEpochRefusal.JournalSealed, $"{books.Body} was closed: its journal is sealed, and has no new epochs.");
        if (Epoch <= books.Epoch)
            return Decision.Refuse(BeginEpochRefusal.EpochNotLater, $"{books.Body} is in epoch {books.Epoch} already, which does not come before epoch {Epoch}.");
        if (books.Size != KeptSize || !KeptRoot.Span.SequenceEqual(around.JournalRoot()))
            return Decision.Refuse(BeginEpochRefusal.KeptOtherwise, $"The {books.Size} entries of {books.Body} before epoch {Epoch} are not the {KeptSize} that were declared to be kept.");
        return Decision.Accept(new Fact
        {
            EpochBegun = new EpochBegun { Epoch = Epoch, Origin = Names.Origin(books.Federation, books.Body, Epoch), KeptRoot = KeptRoot },
        });
    }
}
