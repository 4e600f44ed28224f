using Google.Protobuf;

namespace FundingFlows.Ledger;

/// <summary>Why a body's new key is not recorded, in the order in which the rules are checked.</summary>
public enum RotateKeyRefusal
{
    /// <summary>The key is not 32 bytes, or no entry can have adopted it.</summary>
    [Refuses(RefusalClass.Malformed)] KeyMalformed = 1,

    /// <summary>This body has not registered that one.</summary>
    [Refuses(RefusalClass.Missing)] BodyUnknown,

    /// <summary>It was closed.</summary>
    [Refuses(RefusalClass.Rule)] BodyClosed,

    /// <summary>A body has that key, or had it before.</summary>
    [Refuses(RefusalClass.Rule)] KeyInUse,
}

/// <summary>This body records the new key of one that it registered, from the entry on that adopted it there.</summary>
/// <param name="FromIndex">That entry's place in the body's journal.</param>
public sealed record RotateKey(string Body, ByteString PublicKey, long FromIndex) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (PublicKey.Length != AdoptedKey.Bytes || FromIndex < 1)
            return Decision.Refuse(RotateKeyRefusal.KeyMalformed, $"A key is {AdoptedKey.Bytes} bytes, and is adopted by an entry behind the first.");
        if (books.Registrations.GetValueOrDefault(Body) is not { } registrant)
            return Decision.Refuse(RotateKeyRefusal.BodyUnknown, $"{books.Body} has not registered {Body}.", ("body", Body));
        if (registrant.IsClosed)
            return Decision.Refuse(RotateKeyRefusal.BodyClosed, $"{Body} was closed, so it has no new keys.", ("body", Body));
        if (HolderOf(books, registrant) is { } holder)
            return Decision.Refuse(RotateKeyRefusal.KeyInUse, $"{holder} has that key, or had it before; a new key is nobody's.", ("body", holder));
        return Decision.Accept(new Fact
        {
            KeyRotated = new KeyRotated { Body = Body, Epoch = registrant.Epoch, PublicKey = PublicKey, FromIndex = (ulong)FromIndex },
        });
    }

    /// <summary>Who has the key already. What the body itself is recorded with from a later entry on is what may be corrected.</summary>
    private string? HolderOf(Books books, Registrant registrant) =>
        books.Keys.Any(key => key.PublicKey.Equals(PublicKey)) ? books.Body
        : books.Registrations.Values.FirstOrDefault(other => other != registrant && other.HasKey(PublicKey)) is { } other ? other.Registration.Body
        : registrant.Registration.PublicKey.Equals(PublicKey) || registrant.Keys.Any(key => key.PublicKey.Equals(PublicKey) && key.FromIndex <= (ulong)FromIndex) ? Body
        : null;
}
