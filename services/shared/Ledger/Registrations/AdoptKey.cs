using Google.Protobuf;

namespace FundingFlows.Ledger;

/// <summary>Why a body does not take a new key, in the order in which the rules are checked.</summary>
public enum AdoptKeyRefusal
{
    /// <summary>The key is not 32 bytes.</summary>
    [Refuses(RefusalClass.Malformed)] KeyMalformed = 1,

    /// <summary>The body is the root of the federation: its key is in the settings of every instance.</summary>
    [Refuses(RefusalClass.Rule)] IsTheRoot,

    /// <summary>Another key signs now than the one that is to be replaced.</summary>
    [Refuses(RefusalClass.Rule)] AnotherKeySigns,

    /// <summary>It is a key that the body has or had.</summary>
    [Refuses(RefusalClass.Rule)] KeyIsNotNew,
}

/// <summary>This body takes a new key. Others believe it once the registering body has recorded it.</summary>
/// <param name="Replaces">The key that signs now.</param>
public sealed record AdoptKey(ByteString PublicKey, ByteString Replaces) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (PublicKey.Length != AdoptedKey.Bytes)
            return Decision.Refuse(AdoptKeyRefusal.KeyMalformed, $"A key is {AdoptedKey.Bytes} bytes; this is {PublicKey.Length}.");
        if (books.IsRoot)
            return Decision.Refuse(AdoptKeyRefusal.IsTheRoot, $"{books.Body} is the root of the federation: its key is in the settings of every instance, and is changed there.");
        if (!books.Keys[^1].PublicKey.Equals(Replaces))
            return Decision.Refuse(AdoptKeyRefusal.AnotherKeySigns, $"Another key signs for {books.Body} now than the one that is to be replaced: it may have been replaced already.");
        if (books.Keys.Any(key => key.PublicKey.Equals(PublicKey)))
            return Decision.Refuse(AdoptKeyRefusal.KeyIsNotNew, $"{books.Body} has that key, or had it: a new one is needed.");
        return Decision.Accept(new Fact { KeyAdopted = new KeyAdopted { PublicKey = PublicKey } });
    }
}
