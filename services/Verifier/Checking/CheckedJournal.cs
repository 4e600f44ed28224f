namespace FundingFlows.Verifier;

/// <summary>What was found out about one journal.</summary>
internal sealed class CheckedJournal(string name)
{
    private const int MostFindings = 1_000;
    private readonly List<string> findings = [];

    public string Name => name;

    /// <summary>What is wrong, in a sentence each.</summary>
    public IReadOnlyList<string> Findings => findings;

    /// <summary>The checkpoint as it was read. Empty: there is none.</summary>
    public string Note { get; set; } = "";

    /// <summary>What it says. Null: it cannot be read.</summary>
    public Checkpoint? Checkpoint { get; set; }

    /// <summary>Whether the rest of it is to be read: its checkpoint may say what it likes until somebody has signed it.</summary>
    public bool IsToBeRead { get; set; }

    /// <summary>Why nothing can be told of it, in a sentence. Null: something can.</summary>
    public string? Unread { get; private set; }

    public bool Holds => Unread is null && findings.Count == 0;

    /// <summary>The roots over its first so many entries, as they were read, where another place tells them too.</summary>
    public IDictionary<long, byte[]> Roots { get; } = new Dictionary<long, byte[]>();

    /// <summary>What its unaltered entries say.</summary>
    public SaidByEntries Said { get; set; } = SaidByEntries.Nothing;

    /// <summary>Who vouches for the key that signed, in a sentence.</summary>
    public string Trust { get; set; } = "";

    /// <summary>The key that signed. Null: it is not known.</summary>
    public VerifierKey? SignedWith { get; set; }

    /// <summary>Nothing can be told of it; the first reason counts.</summary>
    public void CannotTell(string sentence) => Unread ??= sentence;

    /// <summary>Adds a sentence, while there are not so many that nobody reads them.</summary>
    public void Find(string sentence)
    {
        if (findings.Count < MostFindings)
            findings.Add(sentence);
    }
}
