using System.Net;
using System.Text;

namespace FundingFlows.Audit.Tests;

/// <summary>Speaks to the auditor's witness as logs and monitors do.</summary>
internal sealed class Submitting(Auditing auditing) : IDisposable
{
    private readonly HttpClient client = new();

    /// <summary>Sends a request, whatever it is.</summary>
    public async Task<Reply> SendAsync(byte[] body, string witness = "audit")
    {
        using var content = new ByteArrayContent(body);
        using var response = await client.PostAsync(new Uri(auditing.Http, $"witness/{witness}/add-checkpoint"), content);
        return new Reply(response.StatusCode, $"{response.Content.Headers.ContentType}", await response.Content.ReadAsStringAsync());
    }

    public Task<Reply> SendAsync(long old, IEnumerable<byte[]> proof, string note) => SendAsync(Encoding.UTF8.GetBytes(AddCheckpoint.Write(old, proof, note)));

    /// <summary>Sends a true checkpoint of a journal, with a true proof.</summary>
    public Task<Reply> SendAsync(ForgedJournal journal, long old, long size) => SendAsync(old, journal.Consistency(old, size), journal.Checkpoint(size));

    public async Task<Reply> GetAsync(string path)
    {
        using var response = await client.GetAsync(new Uri(auditing.Http, path));
        return new Reply(response.StatusCode, $"{response.Content.Headers.ContentType}", await response.Content.ReadAsStringAsync());
    }

    /// <summary>The newest note of a journal that the witness cosigned.</summary>
    public Task<Reply> NewestAsync(ForgedJournal journal) => GetAsync($"witness/audit/{WitnessStore.HashOf(journal.Genesis.Origin)}/checkpoint");

    public async Task<CosignerKey> KeyAsync()
    {
        var reply = await GetAsync("witness/audit/key");
        Assert.True(CosignerKey.TryParse(reply.Text.TrimEnd('\n'), out var key), reply.Text);
        return key;
    }

    /// <summary>Sends, again and again while the body is not known yet.</summary>
    public Task<Reply> KnownAsync(ForgedJournal journal, long old, long size) => Wait.UntilAsync(
        () => SendAsync(journal, old, size), reply => reply.Status != HttpStatusCode.NotFound, $"{journal.Body} being known");

    public void Dispose() => client.Dispose();
}

/// <summary>What was answered.</summary>
internal sealed record Reply(HttpStatusCode Status, string ContentType, string Text);
