using Google.Protobuf;

namespace FundingFlows.Ledger;

/// <summary>Why no new epoch of a body's journal is declared, in the order in which the rules are checked.</summary>
public enum DeclareEpochRefusal
{
    /// <summary>What is to be kept is no entry, or its root is not 32 bytes.</summary>
    [Refuses(RefusalClass.Malformed)] EpochMalformed = 1,

    /// <summary>This body has not registered that one.</summary>
    [Refuses(RefusalClass.Missing)] BodyUnknown,

    /// <summary>It was closed: its journal is sealed.</summary>
    [Refuses(RefusalClass.Rule)] BodyClosed,

    /// <summary>The epoch is not the one behind the last.</summary>
    [Refuses(RefusalClass.Rule)] EpochNotNext,

    /// <summary>The checkpoint is of no epoch of that body's journal.</summary>
    [Refuses(RefusalClass.Rule)] CheckpointOfAnother,

    /// <summary>The checkpoint is not signed with the key that is recorded of the body for so many entries.</summary>
    [Refuses(RefusalClass.Rule)] CheckpointNotSigned,
}

/// <summary>
/// This body declares a new epoch of the journal of one that it registered. What is kept is shown by a checkpoint of that body; whether
/// the signature under it is that of <paramref name="SignedBy"/> has been checked before.
/// </summary>
/// <param name="Origin">The checkpoint's: it says of which epoch the kept entries are.</param>
/// <param name="Size">How many entries are kept.</param>
/// <param name="Root">RFC 6962 root over them: 32 bytes.</param>
/// <param name="SignedBy">The public key that signed the checkpoint. Empty: none that is known.</param>
public sealed record DeclareEpoch(string Body, uint Epoch, string Origin, long Size, ByteString Root, ByteString SignedBy) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (Size < 1 || Root.Length != EpochFacts.RootBytes)
            return Decision.Refuse(DeclareEpochRefusal.EpochMalformed, $"A new epoch keeps at least the first entry, and names the root over all that it keeps in {EpochFacts.RootBytes} bytes.");
        if (books.Registrations.GetValueOrDefault(Body) is not { } registrant)
            return Decision.Refuse(DeclareEpochRefusal.BodyUnknown, $"{books.Body} has not registered {Body}.", ("body", Body));
        if (registrant.IsClosed)
            return Decision.Refuse(DeclareEpochRefusal.BodyClosed, $"{Body} was closed, so its journal has no new epochs.", ("body", Body));
        if (Epoch != registrant.Epoch + 1L)
            return Decision.Refuse(DeclareEpochRefusal.EpochNotNext, $"The last epoch of {Body} is {registrant.Epoch}, so the next one is {registrant.Epoch + 1L}, and not {Epoch}.", ("epoch", $"{registrant.Epoch}"));
        if (registrant.AllEpochs.FirstOrDefault(epoch => Names.Origin(books.Federation, Body, epoch) == Origin) is not (>= 1 and var kept))
            return Decision.Refuse(DeclareEpochRefusal.CheckpointOfAnother, $"The checkpoint is that of {Origin}, which is no journal of {Body}.", ("origin", Origin));
        if (!registrant.KeyAt(Size).Equals(SignedBy))
            return Decision.Refuse(DeclareEpochRefusal.CheckpointNotSigned, $"The checkpoint is not signed with the key that {books.Body} has recorded of {Body} for {Size} entries.", ("body", Body));
        return Decision.Accept(new Fact { EpochDeclared = new EpochDeclared { Body = Body, Epoch = Epoch, KeptEpoch = kept, KeptSize = (ulong)Size, KeptRoot = Root } });
    }
}
