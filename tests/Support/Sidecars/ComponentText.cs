using System.Text.RegularExpressions;

namespace FundingFlows.Support;

/// <summary>
/// What a pub/sub component says, read as the runtime reads it (<c>pkg/scopes</c> and <c>IsOperationAllowed</c>): a topic must be among those allowed, and of
/// a protected one an app must be told that it may.
/// </summary>
public sealed partial class ComponentText(string yaml)
{
    private readonly Dictionary<string, string> settings = Setting().Matches(yaml).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    public string this[string setting] => settings[setting];

    public bool MayPublish(string app, string topic) => May(app, topic, "publishingScopes");

    public bool MaySubscribe(string app, string topic) => May(app, topic, "subscriptionScopes");

    private bool May(string app, string topic, string rule)
    {
        var allowed = Listed("allowedTopics");
        if (allowed.Length > 0 && !allowed.Contains(topic))
            return false;
        var scoped = settings.GetValueOrDefault(rule, "").Split(';').Select(one => one.Split('=')).Where(one => one.Length > 1 && one[0] == app).SelectMany(one => one[1].Split(',')).ToList();
        return (!Listed("protectedTopics").Contains(topic) && scoped.Count == 0) || scoped.Contains(topic);
    }

    private string[] Listed(string setting) => settings.GetValueOrDefault(setting, "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"- name: (\w+)\r?\n +value: ""([^""]*)""")]
    private static partial Regex Setting();
}
