using DiffKeeper.Lifecycle.KernelTests.Engines;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

namespace DiffKeeper.Lifecycle.KernelTests.Samples;

/// <summary>The distribution's Chromium without a window, driven by its own WebDriver.</summary>
internal sealed class Browser : IDisposable
{
    /// <summary>Calls back as soon as an element matches: at once, or when the document has changed so that one does.</summary>
    private const string WaitForElement = """
        const [selector, found] = arguments;
        const isThere = () => document.querySelector(selector) !== null;
        if (isThere())
            return found();
        new MutationObserver((_, observer) => {
            if (isThere()) {
                observer.disconnect();
                found();
            }
        }).observe(document, { attributes: true, childList: true, characterData: true, subtree: true });
        """;

    private readonly ChromeDriver _driver;

    public Browser(PrivateDirectory directory)
    {
        var service = ChromeDriverService.CreateDefaultService(Path.GetDirectoryName(Programs.Require("chromedriver")), "chromedriver");
        service.SuppressInitialDiagnosticInformation = true;
        var options = new ChromeOptions { BinaryLocation = Programs.Require("chromium") };
        // Its sandbox is not for root, whom the kernel tests need; what it shows comes from this machine alone.
        options.AddArguments(
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1100,440", $"--user-data-dir={directory.File("browser")}");
        _driver = new ChromeDriver(service, options);
        _driver.Manage().Timeouts().AsynchronousJavaScript = Eventually.Patience;
    }

    public void Open(string address) => _driver.Navigate().GoToUrl(new Uri(address));

    /// <summary>Waits until an element matches the CSS selector.</summary>
    public void WaitFor(string selector)
    {
        try
        {
            _driver.ExecuteAsyncScript(WaitForElement, selector);
        }
        catch (WebDriverTimeoutException)
        {
            Assert.Fail($"No element became '{selector}': {Text("body")}");
        }
    }

    public bool Has(string selector) => _driver.FindElements(By.CssSelector(selector)).Count > 0;

    public string Text(string selector) => _driver.FindElement(By.CssSelector(selector)).Text;

    public void SaveScreenshot(string file) => _driver.GetScreenshot().SaveAsFile(file);

    public void Dispose() => _driver.Quit();
}
