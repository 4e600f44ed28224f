namespace FundingFlows.Ledger;

/// <summary>An interest of a person in a payee, as that person declared it.</summary>
/// <param name="declared">The entry that declared it.</param>
/// <param name="holder">Handle of the person.</param>
public sealed class Interest(EntryId declared, string holder, Payee payee)
{
    public EntryId Declared { get; } = declared;

    public string Holder { get; } = holder;

    public Payee Payee { get; } = payee;

    /// <summary>The entry that ended it. Null: it stands.</summary>
    public EntryId? Ended { get; internal set; }
}

/// <summary>The interests that people at a body declared.</summary>
public sealed class InterestBook
{
    private readonly Dictionary<(string Holder, PayeeKey Payee), List<Interest>> byHolder = [];
    private readonly List<Interest> declared = [];

    /// <summary>Oldest first, those that ended too.</summary>
    public IReadOnlyList<Interest> All => declared;

    /// <summary>Whether a person has an interest in a payee.</summary>
    public bool Has(string holder, Payee payee) => Of(holder, payee).Any(interest => interest.Ended is null);

    /// <summary>Whether a person has an interest in a payee, or had one since an entry: nobody rids themselves of one to approve.</summary>
    public bool HasHad(string holder, Payee payee, EntryId since) => Of(holder, payee).Any(interest => interest.Ended is not { } ended || ended.CompareTo(since) > 0);

    internal void Declare(Interest interest)
    {
        var key = (interest.Holder, PayeeKey.Of(interest.Payee));
        if (!byHolder.TryGetValue(key, out var interests))
            byHolder.Add(key, interests = []);
        interests.Add(interest);
        declared.Add(interest);
    }

    internal void End(EntryId at, string holder, Payee payee) => Of(holder, payee).Single(interest => interest.Ended is null).Ended = at;

    private List<Interest> Of(string holder, Payee payee) => byHolder.GetValueOrDefault((holder, PayeeKey.Of(payee))) ?? [];
}
