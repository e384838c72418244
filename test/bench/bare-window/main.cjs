/** The least that an Electron app can be: one window with one page. The floor that the bench measures beside ours. */
const { app, BrowserWindow, Menu } = require('electron');
const { join } = require('node:path');

// A profile of its own that stays from run to run, as the app's does.
app.setPath('userData', process.env.BARE_WINDOW_DATA);
Menu.setApplicationMenu(null);

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, show: false });
  window.once('ready-to-show', () => {
    process.stdout.write('ready-to-show\n');
    window.show();
  });
  window.loadFile(join(__dirname, 'index.html'));
});
